import type { Account } from '#server/modules/accounts/index.ts';
import { GatewayCustomerMissing, type PaymentGateway } from '#server/modules/payments/index.ts';
import type { App } from '../app.ts';

/** What a gateway answered, and the account's name there when it is new, to be remembered with it. */
export type AnsweredAsCustomer<Answer> = { readonly answer: Answer; readonly customerReference: string | null };

/**
 * Asks a gateway for something in the name of an account, outside any transaction. An account that it does not know yet,
 * or has lost, is made known first.
 *
 * @param known the account's name at the gateway, if it has one yet
 */
export async function asGatewayCustomer<Answer>(
  app: App,
  gateway: PaymentGateway,
  account: Account,
  known: string | null,
  ask: (customerReference: string) => Promise<Answer>,
): Promise<AnsweredAsCustomer<Answer>> {
  if (known !== null) {
    try {
      return { answer: await ask(known), customerReference: null };
    } catch (thrown) {
      if (!(thrown instanceof GatewayCustomerMissing)) throw thrown;
    }
  }
  const { id: accountId, name, billingEmail: email } = account;
  const customerReference = await gateway.createCustomer({ accountId, name, email, replaces: known });
  app.failpoint('customer-created');
  return { answer: await ask(customerReference), customerReference };
}
