import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formErrorsOf } from '#web/lib/form-errors.ts';

/**
 * Sends a form whose fields are named as the members of the request's body. What was typed stays; what the server says
 * about a field is shown at that field, which gets the focus; anything else it says is in `error`.
 */
export function useFormMutation<Values extends Record<string, unknown>, Result>(options: {
  form: UseFormReturnType<Values>;
  send: (values: Values) => Promise<Result>;
  onSuccess: (result: Result, values: Values) => void | Promise<void>;
}) {
  const { form, send, onSuccess } = options;
  const [error, setError] = useState<unknown>(null);
  const mutation = useMutation({
    mutationFn: send,
    onMutate: () => setError(null),
    onSuccess,
    onError: (failure) => {
      const { fields, rest } = formErrorsOf(failure, Object.keys(form.getValues()));
      form.setErrors(fields);
      setError(rest);
      focusFirst(form, Object.keys(fields));
    },
  });
  return {
    submit: form.onSubmit(
      (values) => mutation.mutate(values),
      (errors) => focusFirst(form, Object.keys(errors)),
    ),
    error,
    isPending: mutation.isPending,
  };
}

function focusFirst<Values extends Record<string, unknown>>(form: UseFormReturnType<Values>, fields: string[]): void {
  const [first] = fields;
  if (first !== undefined) form.getInputNode(first)?.focus();
}
