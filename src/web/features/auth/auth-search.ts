/** The search of the sign-in and sign-up pages: where to go afterwards, and whether a session has just ended. */
export type SignInSearch = { return_to?: string; ended?: true };

/** Reads the search of the sign-in and sign-up pages. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  return {
    ...(typeof search['return_to'] === 'string' ? { return_to: search['return_to'] } : {}),
    ...(search['ended'] === true ? { ended: true as const } : {}),
  };
}

/** Reads the search of the pages that a link in an e-mail leads to. */
export function tokenSearch(search: Record<string, unknown>): { token?: string } {
  const token = search['token'];
  // The router reads a token made of digits as a number.
  const text = typeof token === 'string' || typeof token === 'number' ? String(token) : '';
  return text === '' ? {} : { token: text };
}
