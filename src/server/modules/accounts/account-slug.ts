const lengthMax = 40;

/**
 * The part of addresses a name becomes: Latin letters without their marks and digits, joined by hyphens, at most 40
 * characters. A name without any is called `account`.
 */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return (
    plain
      .slice(0, lengthMax + 1)
      .replace(/^-/, '')
      .slice(0, lengthMax)
      .replace(/-$/, '') || 'account'
  );
}

/**
 * Slugs to try in order for an account, the last of which is certain to be free: the plain one, four with a number, and
 * one with the random end of the account's id.
 */
export function slugCandidates(name: string, accountId: string): string[] {
  const slug = slugOf(name);
  const numbered = [2, 3, 4, 5].map((number) => `${slug}-${String(number)}`);
  return [slug, ...numbered, `${slug}-${accountId.replaceAll('-', '').slice(-12)}`];
}
