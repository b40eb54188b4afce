import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PaymentOptionsTexts } from '#shared/texts/payment-options.ts';
import { isCurrency } from '#shared/money/index.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { useTexts } from '#web/lib/reader.ts';
import { typedMoney } from '#web/lib/typed-money.ts';
import { codeMembers, fieldOfPointer, isByHand, limitMoney, type OptionValues } from './option-values.ts';

/** The form of a payment option. */
export type OptionForm = ReturnType<typeof useOptionForm>;

/** The form with what must hold before it is sent; the server checks bank details by their check digits. */
export function useOptionForm(initialValues: OptionValues) {
  const texts = useTexts().paymentOptions;
  return useForm<OptionValues>({
    initialValues,
    validate: (values) => ({
      ...errorsOf(values, texts),
      ...limitErrors(values, texts),
      ...(isByHand(values) ? transferErrors(values, texts) : {}),
    }),
  });
}

type Errors = Record<string, string>;

function errorsOf(values: OptionValues, texts: PaymentOptionsTexts): Errors {
  const order = Number(values.sort_order);
  return held({
    country: values.country === '' ? texts.countryNeeded : null,
    display_name: isNotEmpty(texts.displayNameNeeded)(values.display_name),
    method: /^[a-z][a-z0-9_]{1,39}$/.test(values.method.trim()) ? null : texts.methodNeeded,
    sort_order:
      values.sort_order !== '' && Number.isInteger(order) && order >= 0 && order <= 10_000 ? null : texts.orderNeeded,
  });
}

function transferErrors(values: OptionValues, texts: PaymentOptionsTexts): Errors {
  const days = Number(values.expires_after_days);
  const { code } = values;
  return held({
    ...Object.fromEntries(
      values.fields.flatMap(({ label, value }, index) => [
        [`fields.${String(index)}.label`, label.trim() === '' ? texts.fieldNeeded : null],
        [`fields.${String(index)}.value`, value.trim() === '' ? texts.fieldNeeded : null],
      ]),
    ),
    ...Object.fromEntries(
      codeMembers[code.kind].map((member) => [
        `code.${member}`,
        member !== 'bic' && code[member].trim() === '' ? texts.codeNeeded : null,
      ]),
    ),
    expires_after_days: Number.isInteger(days) && days >= 1 && days <= 60 ? null : texts.expiresNeeded,
  });
}

function limitErrors({ limits }: OptionValues, texts: PaymentOptionsTexts): Errors {
  return held(
    Object.fromEntries(
      limits.flatMap(({ currency, min, max }, index) => {
        const at = `limits.${String(index)}`;
        const isTwice = limits.findIndex((limit) => limit.currency === currency) < index;
        const least = limitMoney(min, currency);
        const most = limitMoney(max, currency);
        return [
          [`${at}.currency`, isCurrency(currency) ? (isTwice ? texts.limitTwice : null) : texts.limitCurrencyNeeded],
          [`${at}.min`, isLimit(min, currency) ? null : texts.limitAmountNeeded],
          [
            `${at}.max`,
            !isLimit(max, currency)
              ? texts.limitAmountNeeded
              : least !== null && most !== null && most.amountMinor < least.amountMinor
                ? texts.limitOrder
                : null,
          ],
        ];
      }),
    ),
  );
}

function isLimit(typed: string, currency: string): boolean {
  return typed.trim() === '' || !isCurrency(currency) || (typedMoney(typed, currency)?.amountMinor ?? 0n) > 0n;
}

function held(errors: Record<string, unknown>): Errors {
  return Object.fromEntries(
    Object.entries(errors).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Sends the form. What the server says about a member is shown there, and what no member can show is in `error`. */
export function useOptionSubmit<Result>(
  form: OptionForm,
  { send, onSuccess }: { send: (values: OptionValues) => Promise<Result>; onSuccess: (result: Result) => unknown },
) {
  const [error, setError] = useState<unknown>(null);
  const mutation = useMutation({
    mutationFn: send,
    onMutate: () => setError(null),
    onSuccess,
    onError: (failure) => {
      if (failure instanceof ApiProblem) {
        for (const { pointer, message } of failure.errors) {
          form.setFieldError(fieldOfPointer(pointer), message.charAt(0).toUpperCase() + message.slice(1));
        }
      }
      setError(failure);
    },
  });
  return {
    submit: form.onSubmit(
      (values) => mutation.mutate(values),
      (errors) => focusFirst(form, Object.keys(errors)),
    ),
    send: () => mutation.mutate(form.getValues()),
    error,
    isPending: mutation.isPending,
  };
}

function focusFirst(form: OptionForm, fields: string[]): void {
  const [first] = fields;
  if (first !== undefined) form.getInputNode(first)?.focus();
}
