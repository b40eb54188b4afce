export { consumeCredits, type CreditUse, type SpentCredits, type TransactionClient } from './consume-credits.ts';
export { InsufficientCredits, PurserProblem } from './purser-problem.ts';
