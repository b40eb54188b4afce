import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, heading, openBrowserStage, sees } from '#test/support/browser-stage.ts';
import { testPassword } from '#test/support/test-client.ts';

describe('the entrance', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  test('signs in, refuses a wrong password, goes where one wanted to go, and signs out', async () => {
    const { email } = await stage.app.signUp();
    await stage.visit(
      async ({ page, context }) => {
        await goTo(page, '/account/invoices?status=paid', 'Sign in');
        await signIn(page, email, 'not the password');
        await sees(page.getByRole('alert').filter({ hasText: /password/i }));
        assert.equal(await page.getByLabel('E-mail').inputValue(), email, 'what was typed stays');
        await signIn(page, email, testPassword);
        await sees(heading(page, 'Invoices'));
        assert.equal(new URL(page.url()).search, '?status=paid');
        for (const cookie of await context.cookies()) assert.equal(cookie.httpOnly, true, cookie.name);

        await page.getByRole('button', { name: 'Menu of Ada Lovelace' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await sees(heading(page, 'Sign in'));
        await page.goBack();
        await sees(heading(page, 'Sign in'));
        assert.deepEqual(await context.cookies(), []);
      },
      { expectedErrors: [/status of 401/] },
    );
  });

  test('sets a new password by a link in the mailbox, which ends every other session', async () => {
    const customer = await stage.app.signUp();
    await stage.visit(async ({ page }) => {
      await goTo(page, '/sign-in', 'Sign in');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      // The page before has a field of this name too.
      await sees(page.getByRole('button', { name: 'Send the link' }));
      await page.getByLabel('E-mail').fill(customer.email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await sees(page.getByText('Look into your inbox'));

      await goTo(page, `/sandbox/mailbox?to=${encodeURIComponent(customer.email)}`, 'Mailbox');
      await page.getByRole('link', { name: /Choose a new password/ }).click();
      const address = await page
        .frameLocator('iframe')
        .getByRole('link', { name: 'Choose a new password' })
        .getAttribute('href');
      assert.ok(address !== null);
      await goTo(page, address, 'Choose a new password');
      await page.getByLabel('New password').fill('short');
      await page.getByRole('button', { name: 'Set password' }).click();
      await sees(page.getByText('Use at least 10 characters'));
      await page.getByLabel('New password').fill('another horse battery');
      await page.getByRole('button', { name: 'Set password' }).click();
      await sees(heading(page, 'Your password is set'));

      await page.getByRole('link', { name: 'Sign in' }).click();
      await signIn(page, customer.email, 'another horse battery');
      await sees(heading(page, 'Dashboard'));
    });
    await stage.app.refused('listInvoices', 'unauthenticated', { as: customer });
  });

  test('a session that has ended leads to the sign-in page and back', async () => {
    const customer = await stage.app.signUp();
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', 'Dashboard');
        await stage.app.ok('signOut', { as: customer });
        await page.getByRole('link', { name: 'Invoices', exact: true }).click();
        await sees(heading(page, 'Sign in'), page.getByText('Your session has ended'));
        await signIn(page, customer.email, testPassword);
        await sees(heading(page, 'Invoices'));
      },
      { as: customer, expectedErrors: [/status of 401/] },
    );
  });
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
