import { accountIdOf } from '#server/modules/team/index.ts';
import { route } from '../route.ts';
import { accountSettings } from './account-settings.ts';

export const getAccountSettingsRoute = route('getAccountSettings', async (app, { actor }) => {
  return await accountSettings(app, accountIdOf(actor));
});
