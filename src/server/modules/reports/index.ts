export { checkInvariants, type InvariantResult, type Offender } from './check-invariants.ts';
