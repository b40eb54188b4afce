/** A person who can sign in. */
export type User = {
  readonly id: string;
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  readonly emailVerified: boolean;
};

/** A user's session, found by the cookie of a request. */
export type UserSession = {
  readonly sessionId: string;
  readonly user: User;
  /** The account the session works in, as last chosen; the user may have left it since. */
  readonly activeAccountId: string | null;
};

/** The Set-Cookie header lines an answer must carry. */
export type Cookies = readonly string[];

/** A session that was just started. */
export type StartedSession = { readonly sessionId: string; readonly user: User; readonly cookies: Cookies };

/** A secret to be sent to a user's own mailbox. */
export type MailedToken = {
  readonly user: User;
  readonly token: string;
  /** For how long it works, in milliseconds of wall time. */
  readonly lifetimeMs: number;
};

/** Where a request comes from, for the list of a user's sessions. */
export type Client = { readonly ip: string; readonly userAgent: string | undefined };
