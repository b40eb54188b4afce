import { runPurser } from './startup/run-purser.ts';
import { tellStartupProblem } from './startup/tell-startup-problem.ts';

runPurser(process.env).catch(tellStartupProblem);
