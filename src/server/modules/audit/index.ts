export { type AuditActor, type AuditEntry, appendAudit } from './audit.ts';
