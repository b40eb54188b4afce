export type { EmailLine, EmailSeller, EmailTemplateName, EmailTemplates } from './email-templates.ts';
export { type RenderedEmail, renderEmail } from './render-email.ts';
