import { ApiProblem } from '#web/lib/api-problem.ts';

/**
 * The messages for the fields of a form, from the pointers of a problem (`/body/email` is the field `email`), and
 * whatever of the problem no field can show. `fields` are the names the form has.
 */
export function formErrorsOf<Field extends string>(
  error: unknown,
  fields: readonly Field[],
): { fields: { [field in Field]?: string }; rest: unknown } {
  const messages: { [field in Field]?: string } = {};
  if (!(error instanceof ApiProblem)) return { fields: messages, rest: error };
  let unshown = error.errors.length === 0;
  for (const { pointer, message } of error.errors) {
    const field = fields.find((name) => pointer === `/body/${name}` || pointer.startsWith(`/body/${name}/`));
    if (field === undefined) unshown = true;
    else messages[field] ??= sentence(message);
  }
  return { fields: messages, rest: unshown ? error : null };
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
