import { createHash } from 'node:crypto';
import { platformKeyScopes } from '#shared/contract/access.ts';
import { createApiKey } from '../../flows/account/create-api-key.ts';
import { system } from '../../modules/team/index.ts';
import { type Environment, StartupProblem } from '../../platform/config/index.ts';
import { withApp } from './with-app.ts';

/** Makes an API key for the product itself and prints it, once. @throws StartupProblem for a scope there is not */
export async function createPlatformKey(
  environment: Environment,
  name: string,
  scopes: readonly string[],
): Promise<void> {
  const known: readonly string[] = platformKeyScopes;
  if (scopes.length === 0 || scopes.some((scope) => !known.includes(scope))) {
    throw new StartupProblem(`--scope must be given once or more, each one of ${platformKeyScopes.join(', ')}.`);
  }
  await withApp(environment, async (app) => {
    const { key } = await createApiKey(
      app,
      { ...system, staffRole: 'owner' },
      {
        for: 'platform',
        name,
        scopes,
        idempotencyKey: app.ids.next(),
        bodyHash: createHash('sha256').update(name).digest(),
        requestId: undefined,
      },
    );
    console.log(`${key ?? ''}\n\nKeep it now: it is shown this once.`);
  });
}
