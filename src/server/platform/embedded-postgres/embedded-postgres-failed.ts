import { StartupProblem } from '#server/platform/config/index.ts';

/** The embedded PostgreSQL cannot be set up or started; the message says what is in the way and what helps. */
export class EmbeddedPostgresFailed extends StartupProblem {
  override readonly name = 'EmbeddedPostgresFailed';
}
