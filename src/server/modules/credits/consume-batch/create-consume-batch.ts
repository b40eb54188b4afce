import type { Pool } from '#server/platform/db/index.ts';
import { DomainError, messageOf } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { Log } from '#server/platform/log/index.ts';
import { callDatabase } from './call-database.ts';
import type { ConsumeOutcome, ConsumeRequest } from './consume-request.ts';
import { createWaitingRoom } from './waiting-room.ts';

/** How many batches are under way at once: one computes while the other waits for the disk. */
const inFlightMax = 2;

/** How many accounts are waited for at once that somebody else has locked, such as a transaction of the product. */
const patientMax = 2;

/** The connections that spending needs for itself. */
export const consumeConnections = inFlightMax + patientMax;

/**
 * How long one of them is waited for before it is the next one's turn, in milliseconds, and how long in all where the pool
 * sets no bound to its statements.
 */
const turnMs = 250;
const patienceMs = 10_000;

const limits = { batchMax: 500, accountShareMax: 100 } as const;

/**
 * How many requests wait at most; beyond that they are told to come back, instead of waiting ever longer. What one account
 * has waiting does not count against those that have next to nothing: for them there is room up to the second bound.
 */
const waitingMax = 10_000;
const crowdMax = 2 * waitingMax;

/** So many of an account may wait even where others have filled the room. */
const accountRoom = 100;

/** How often a request is tried when the database gives up on it because of others, halving included. */
const triesMax = 12;

/** More is going on than can be waited for. */
class Overloaded extends DomainError {
  constructor() {
    super('overloaded', 'Too many requests are waiting. Nothing was spent: repeat with the same key in a moment.');
  }
}

/** The answer of the database did not arrive, so that nobody knows whether the credits were spent. */
class OutcomeUnknown extends DomainError {
  constructor(cause: unknown) {
    super(
      'outcome_unknown',
      'The database did not answer in time. Repeat with the same Idempotency-Key: if the credits were spent, you get the first answer, and nothing is spent twice.',
      { cause },
    );
  }
}

/** The database could not be reached at all. */
class DatabaseUnavailable extends DomainError {
  constructor(cause: unknown) {
    super(
      'database_unavailable',
      'The database does not answer right now. Nothing was changed: try again in a moment.',
      {
        cause,
      },
    );
  }
}

/** Spends credits for many requests in one commit. */
export type ConsumeBatch = {
  /**
   * Charges one use. It joins the requests that are there already; alone, it waits for nobody.
   *
   * @throws DomainError `overloaded`, `outcome_unknown`, `database_unavailable`; a repetition is safe after each
   */
  consume(request: ConsumeRequest): Promise<ConsumeOutcome>;
};

type Waiting = {
  readonly accountId: string;
  readonly request: ConsumeRequest;
  resolve(outcome: ConsumeOutcome): void;
  reject(reason: unknown): void;
};

/** Requests of one account that somebody else has locked, and when they are told that it took too long. */
type Patients = { readonly batch: readonly Waiting[]; readonly untilMs: number };

/**
 * Group commit without a timer: while batches are under way the requests that arrive gather, and form the next one. An
 * account whose batch is under way is left out of the other, since it could only wait for the account's lock; one that
 * somebody else has locked is waited for apart, so that the others never wait with it, and in turns, so that one that is
 * locked for a moment does not wait for those that are locked for long.
 *
 * @param pool `consumeConnections` connections of its own, so that nothing else stands in the way
 */
export function createConsumeBatch(pool: Pool, source: Source, log: Log): ConsumeBatch {
  const waiting = createWaitingRoom<Waiting>();
  const busyAccounts = new Set<string>();
  /** What waits for an account that somebody else has locked, an account after the other. */
  const patients: Patients[] = [];
  const patience = pool.pg.options.statement_timeout || patienceMs;
  let patientsInFlight = 0;
  let inFlight = 0;
  let isPumpPlanned = false;

  function planPump(): void {
    if (isPumpPlanned || inFlight >= inFlightMax) return;
    isPumpPlanned = true;
    // After the requests that have arrived with this one were read, and before any more are waited for.
    setImmediate(() => {
      isPumpPlanned = false;
      pump();
    });
  }

  function pump(): void {
    while (inFlight < inFlightMax && waiting.size() > 0) {
      const batch = waiting.take(limits, (accountId) => busyAccounts.has(accountId));
      if (batch.length === 0) return;
      const accounts = new Set(batch.map((one) => one.accountId));
      for (const account of accounts) busyAccounts.add(account);
      inFlight += 1;
      void settle(batch, null).then((left) => {
        const locked = Map.groupBy(left, (one) => one.accountId);
        const untilMs = performance.now() + patience;
        for (const ofAccount of locked.values()) patients.push({ batch: ofAccount, untilMs });
        for (const account of accounts) if (!locked.has(account)) busyAccounts.delete(account);
        inFlight -= 1;
        pumpPatients();
        planPump();
      });
    }
  }

  function pumpPatients(): void {
    while (patientsInFlight < patientMax) {
      const next = patients.shift();
      if (next === undefined) return;
      patientsInFlight += 1;
      void settle(next.batch, turnMs).then((left) => {
        patientsInFlight -= 1;
        if (left.length > 0 && performance.now() < next.untilMs) patients.push({ ...next, batch: left });
        else {
          for (const one of left) one.reject(new OutcomeUnknown('the account stayed locked'));
          for (const one of next.batch) busyAccounts.delete(one.accountId);
        }
        pumpPatients();
        planPump();
      });
    }
  }

  /**
   * Answers every request of a batch; what one of them breaks is found by halves, and fails alone. Resolves to those
   * whose account somebody else has locked, after `waitMs` if it is waited for. Never rejects.
   */
  async function settle(
    batch: readonly Waiting[],
    waitMs: number | null,
    triesLeft = triesMax,
  ): Promise<readonly Waiting[]> {
    try {
      const requests = batch.map((one) => one.request);
      const outcomes = await callDatabase(pool, source, requests, waitMs);
      for (const [index, outcome] of outcomes.entries()) if (outcome !== null) batch[index]?.resolve(outcome);
      return batch.filter((_, index) => outcomes[index] === null);
    } catch (thrown) {
      if (waitMs !== null && sqlStateOf(thrown) === '55P03') return batch;
      const unreached = outageOf(thrown);
      const mayRetry = batch.length > 1 || (triesLeft > 1 && isTransient(thrown));
      if (unreached !== null || !mayRetry) {
        if (unreached !== null)
          log.warn({ error: messageOf(thrown), requests: batch.length }, 'a batch of consumption failed');
        for (const one of batch) one.reject(unreached ?? thrown);
        return [];
      }
      const middle = Math.ceil(batch.length / 2);
      const left = await settle(batch.slice(0, middle), waitMs, triesLeft - 1);
      if (middle >= batch.length) return left;
      return [...left, ...(await settle(batch.slice(middle), waitMs, triesLeft - 1))];
    }
  }

  return {
    consume(request) {
      const crowd = waiting.size() + patients.reduce((sum, { batch }) => sum + batch.length, 0);
      const bound = waiting.sizeOf(request.accountId) < accountRoom ? crowdMax : waitingMax;
      if (crowd >= bound) return Promise.reject(new Overloaded());
      return new Promise((resolve, reject) => {
        waiting.add({ accountId: request.accountId, request, resolve, reject });
        planPump();
      });
    },
  };
}

/** Whether the database gave up on a transaction only because of others. */
function isTransient(thrown: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(sqlStateOf(thrown));
}

function sqlStateOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

/**
 * What a failure says about a batch that may have been committed, or could not be sent: null when the database answered
 * and rolled everything back, so that it can be tried again by halves.
 */
function outageOf(thrown: unknown): DomainError | null {
  const code = sqlStateOf(thrown);
  if (['ECONNREFUSED', 'ENOENT', 'ETIMEDOUT'].includes(code)) return new DatabaseUnavailable(thrown);
  if (/timeout exceeded when trying to connect/.test(messageOf(thrown))) return new DatabaseUnavailable(thrown);
  // Refused before anything ran: too many connections, starting up, shutting down.
  if (/^(53|57P03)/.test(code)) return new DatabaseUnavailable(thrown);
  // A statement that took too long, a connection that ended, a server that was stopped.
  if (/^(08|57)/.test(code)) return new OutcomeUnknown(thrown);
  // An SQLSTATE is an answer of the database. Anything else means that none arrived.
  return /^[0-9A-Z]{5}$/.test(code) ? null : new OutcomeUnknown(thrown);
}
