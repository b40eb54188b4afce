export { DomainError, messageOf, NotFound } from './domain-error.ts';
