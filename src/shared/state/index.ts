export { mayBecome, type StateTable, statesBefore, statesOf } from './state-machine.ts';
