import { benchOperation, type FilledBooks } from './fill-books.ts';

/** Keys are used once, over all the loads of a run. */
let run = 0;

/** The requests of a load that spends credits: each of the account `pick` chooses, under a key of its own. */
export function consumeRequests(books: FilledBooks, pick: (accounts: number) => number): (n: number) => string {
  run += 1;
  const load = `${String(process.pid)}-${String(performance.timeOrigin)}-${String(run)}`;
  const body = JSON.stringify({ operation: benchOperation });
  return (n) =>
    'POST /v1/credits/consume/ HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n' +
    `authorization: Bearer ${books.key}\r\npurser-account: ${accountOf(books, pick)}\r\n` +
    `idempotency-key: ${load}-${String(n)}\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`;
}

/** The requests of a load that records events, so many in each. */
export function eventRequests(
  books: FilledBooks,
  pick: (accounts: number) => number,
  each: number,
): (n: number) => string {
  run += 1;
  const load = `${String(process.pid)}-${String(performance.timeOrigin)}-${String(run)}`;
  return (n) => {
    const events = Array.from({ length: each }, (_, event) => ({
      idempotency_key: `${load}-${String(n)}-${String(event)}`,
      operation: benchOperation,
    }));
    const body = JSON.stringify({ events });
    return (
      'POST /v1/usage/events/ HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n' +
      `authorization: Bearer ${books.key}\r\npurser-account: ${accountOf(books, pick)}\r\n` +
      `content-length: ${String(body.length)}\r\n\r\n${body}`
    );
  };
}

/** The requests of a load that reads one address in one account after the other. */
export function readRequests(books: FilledBooks, address: string): (n: number) => string {
  return (n) =>
    `GET ${address} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${books.key}\r\n` +
    `purser-account: ${books.accountNames[n % books.accountNames.length] ?? ''}\r\n\r\n`;
}

/** Always the first account. */
export const hot = () => 0;

/** Any account, each as likely. */
export const uniform = (accounts: number) => Math.floor(Math.random() * accounts);

function accountOf(books: FilledBooks, pick: (accounts: number) => number): string {
  return books.accountNames[pick(books.accountNames.length)] ?? '';
}
