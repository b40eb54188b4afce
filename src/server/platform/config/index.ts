export { errorCode } from './error-code.ts';
export { StartupProblem } from './startup-problem.ts';
