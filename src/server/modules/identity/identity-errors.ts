import { DomainError } from '#server/platform/errors/index.ts';

/** Somebody has signed up with this e-mail already. */
export class EmailTaken extends DomainError {
  constructor() {
    super('email_taken', 'A user with this e-mail exists already. Sign in, or ask for a new password.');
  }
}

/** Either the e-mail or the password is wrong; which one is not told. */
export class SignInRefused extends DomainError {
  constructor() {
    super('sign_in_refused', 'The e-mail or the password is wrong. Try again, or ask for a new password.');
  }
}

/** The token of a link was used, has expired, or was never given out. */
export class TokenInvalid extends DomainError {
  constructor() {
    super('token_invalid', 'This link was used already or has expired. Ask for a new one.');
  }
}
