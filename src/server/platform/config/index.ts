export { StartupProblem } from './startup-problem.ts';
