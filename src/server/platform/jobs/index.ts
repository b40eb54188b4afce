export { installJobs } from './install-jobs.ts';
export { type JobHandler, type JobHandlers, type Jobs, startJobs } from './jobs.ts';
