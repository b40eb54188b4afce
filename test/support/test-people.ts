import { addMember } from '#server/modules/team/index.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { accountActions, type Role, type StaffRole } from '#shared/contract/access.ts';
import { contract } from '#shared/contract/contract.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import type { TestApp } from './test-app.ts';
import { type Caller, type Customer, uuidOf } from './test-client.ts';

/** Somebody signed in, with the id the database knows them by. */
export type Person = Customer & { readonly userId: string; readonly email: string };

/** The name of every endpoint of the contract. */
export const endpointNames = Object.keys(routes) as readonly EndpointName[];

/** The endpoint of a name, with the members it may have. */
export function endpointOf(name: EndpointName): Endpoint {
  return contract[name];
}

/** A new user with an account of their own. */
export async function newPerson(app: TestApp): Promise<Person> {
  const signedUp = await app.signUp();
  const { user } = await app.ok('getSession', { as: signedUp });
  return { ...signedUp, userId: uuidOf(user?.id ?? '') };
}

/** A new member of the staff, signed in. */
export async function newStaff(app: TestApp, role: StaffRole): Promise<Person> {
  const person = await newPerson(app);
  // Staff belong to no account.
  await inTransaction(app.app, 'system', (tx) =>
    makeStaff(tx, { userId: person.userId, role, now: app.app.clock.now() }),
  );
  return person;
}

/** A new user who works in somebody else's account, signed in there. */
export async function newMember(app: TestApp, account: Customer, role: Exclude<Role, 'owner'>): Promise<Person> {
  const person = await newPerson(app);
  await inTransaction(app.app, { account: account.accountId }, (tx) =>
    addMember(tx, { accountId: account.accountId, userId: person.userId, role, now: app.app.clock.now() }),
  );
  await app.ok('switchAccount', { as: person, body: { account_id: account.id } });
  return { ...person, id: account.id, accountId: account.accountId };
}

/** Those who may call any endpoint between them: the owner of an account and an owner of the platform. */
export type Callers = { readonly owner: Person; readonly staff: Person };

/** Who of them may call an endpoint. */
export function callerOf(name: EndpointName, { owner, staff }: Callers): Caller | undefined {
  const { access } = endpointOf(name);
  if (access === 'public' || access === 'sandbox') return undefined;
  if (access === 'signed_in' || accountActions.some((action) => action === access)) return owner;
  return staff;
}
