export { consumeCredits } from './consume-credits.js';
export { InsufficientCredits, PurserProblem } from './purser-problem.js';
