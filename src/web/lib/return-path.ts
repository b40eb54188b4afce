/** The path to go back to after signing in: only one of our own, so that a link cannot lead to another site. */
export function safeReturnPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/';
}
