import { after, before, describe, test } from 'node:test';
import { type BrowserStage, goTo, heading, openBrowserStage, sees } from '#test/support/browser-stage.ts';
import { runStatement } from '#test/support/statement.ts';
import { uuidOf } from '#test/support/test-client.ts';

describe('an account that is gone', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  test('leads to the choice among the others, and never silently into one of them', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      const { app } = stage;
      const gone = await app.ok('createAccount', { as: customer, body: { name: 'Looms', country: 'US' } });
      await app.ok('switchAccount', { as: customer, body: { account_id: gone.id } });
      await goTo(page, '/', 'Dashboard');
      // What the overview asks for is still the account's own.
      await page.waitForLoadState('networkidle');
      await runStatement(app.app, `delete from purser.memberships where account_id = '${uuidOf(gone.id)}'`);
      await goTo(page, '/account/invoices', 'Choose an account');
      await page.getByRole('button', { name: 'Engines' }).click();
      await sees(heading(page, 'Dashboard'));
    });
  });
});
