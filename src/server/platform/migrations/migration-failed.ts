import { StartupProblem } from '#server/platform/config/index.ts';

/** The database could not be brought to the version of this program; nothing of the named migration was kept. */
export class MigrationFailed extends StartupProblem {
  override readonly name = 'MigrationFailed';
}
