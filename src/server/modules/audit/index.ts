export { type AuditActor, appendAudit } from './audit.ts';
