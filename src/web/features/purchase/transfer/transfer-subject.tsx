import { Amount } from '#web/components/amount.tsx';
import { CreditCount } from '#web/components/credit-count.tsx';
import { TextLink } from '#web/components/links.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import classes from '../purchase-summary.module.css';

/** What a transfer is for: its invoices, the credits they bring, and the sum. */
export function TransferSubject({ purchase }: { purchase: Purchase }) {
  const texts = useTexts().purchase;
  const { invoices, payment, credits } = purchase;
  return (
    <dl className={classes['rows']}>
      {invoices.map((invoice) => (
        <div key={invoice.id} className={classes['row']}>
          <dt>{invoice.description}</dt>
          <dd>
            <TextLink to="/account/invoices" search={{ invoice: invoice.id }} inherit>
              <bdi>{invoice.number}</bdi>
            </TextLink>
          </dd>
        </div>
      ))}
      {credits > 0 && (
        <div className={classes['row']}>
          <dt>{texts.creditsLabel}</dt>
          <dd>
            <CreditCount units={creditsFromWire(credits)} />
          </dd>
        </div>
      )}
      <div className={classes['row']} data-strong>
        <dt>{texts.total}</dt>
        <dd>
          <Amount value={moneyFromWire(payment.amount, payment.currency)} />
        </dd>
      </div>
    </dl>
  );
}
