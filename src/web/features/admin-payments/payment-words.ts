import { moneyFromWire } from '#web/lib/format.ts';
import { methodName } from '#web/lib/method-name.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, attentionFigures, attentionParts } from './admin-payment.ts';

/** What a payment is called by: its method, its invoices, and why somebody has to look at it. */
export function usePaymentWords() {
  const { adminPayments: texts, invoices } = useTexts();
  const format = useFormat();
  return {
    /** An amount of the API with its currency. */
    amount: (onWire: number, { currency }: Pick<AdminPayment, 'currency'>) =>
      format.money(moneyFromWire(onWire, currency)),
    money: format.money,
    /** `Visa ending 4242`, `Bank transfer`, or the code of a method nobody has named. */
    method: ({ method, method_details: details, transfer }: AdminPayment) =>
      transfer?.method_name ?? (details === null ? (texts.methods[method] ?? method) : methodName(invoices, details)),
    /** `INV-2026-11-00001`, or `INV-2026-11-00001 and 2 more`. */
    invoices: ({ invoices: all }: AdminPayment) => {
      const number = all[0]?.number ?? texts.noNumber;
      return all.length > 1 ? texts.invoicesMore(number, format.count(all.length - 1)) : number;
    },
    /** Why somebody has to look: a title, and the sentence with its figures if there is one. */
    attention: (attention: string, { currency }: Pick<AdminPayment, 'currency'>) => {
      const { code, detail } = attentionParts(attention);
      const title = (code === null ? undefined : texts.attention[code]) ?? texts.attentionTitle;
      const figures = attentionFigures(detail, currency);
      if (figures === null) return { title, detail };
      const amount = format.money(figures.amount);
      return {
        title,
        detail: figures.of === null ? texts.attentionReceived(amount) : texts.attentionMore(amount, figures.of),
      };
    },
    gateway: (name: string) => texts.gateways[name] ?? name,
  };
}
