export type { EmailLine, EmailSeller, EmailTemplateName, EmailTemplates } from './email-templates.ts';
export { EmailLinkRefused, type RenderedEmail, renderEmail } from './render-email.ts';
