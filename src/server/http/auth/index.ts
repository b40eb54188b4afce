import { getSessionRoute } from './get-session.route.ts';
import { requestPasswordResetRoute } from './request-password-reset.route.ts';
import { resetPasswordRoute } from './reset-password.route.ts';
import { sendVerificationEmailRoute } from './send-verification-email.route.ts';
import { signInRoute } from './sign-in.route.ts';
import { signOutRoute } from './sign-out.route.ts';
import { signUpRoute } from './sign-up.route.ts';
import { switchAccountRoute } from './switch-account.route.ts';
import { verifyEmailRoute } from './verify-email.route.ts';

export { authRateLimits, type RateLimit } from './auth-rate-limits.ts';

/** The endpoints of signing up, in and out. */
export const authRoutes = [
  signUpRoute,
  signInRoute,
  signOutRoute,
  getSessionRoute,
  switchAccountRoute,
  requestPasswordResetRoute,
  resetPasswordRoute,
  sendVerificationEmailRoute,
  verifyEmailRoute,
] as const;
