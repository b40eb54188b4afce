/** What the address of the mailbox says: whose mail is listed, and which message is open. */
export type MailboxSearch = { to?: string; message?: string };

/** Reads the address of the mailbox. */
export function mailboxSearch(search: Record<string, unknown>): MailboxSearch {
  const { to, message } = search;
  return {
    ...(typeof to === 'string' && to.trim() !== '' ? { to: to.trim().slice(0, 254) } : {}),
    ...(typeof message === 'string' && /^\w{1,64}$/.test(message) ? { message } : {}),
  };
}
