import { Button, Group, Text } from '@mantine/core';
import { ButtonLink } from '#web/components/links.tsx';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './pay-several-bar.module.css';
import { payableSums } from './payable-sums.ts';

/** What the chosen invoices come to, and the way to pay them by one payment, one for each currency. */
export function PaySeveralBar({ chosen, onClear }: { chosen: readonly InvoiceSummary[]; onClear: () => void }) {
  const texts = useTexts().invoices;
  const format = useFormat();
  const sums = payableSums(chosen);
  const count = sums.reduce((sum, { invoiceIds }) => sum + invoiceIds.length, 0);
  return (
    <>
      <Text component="p" role="status" m={0} className={classes['spoken']}>
        {count === 0 ? '' : texts.chosen(format.count(count), count === 1)}
      </Text>
      {count > 0 && (
        <section className={classes['bar']} aria-label={texts.payChosen}>
          <Text size="sm" fw={500}>
            {texts.chosen(format.count(count), count === 1)}
          </Text>
          <Group gap="sm">
            <Button variant="default" size="sm" onClick={onClear}>
              {texts.clearChosen}
            </Button>
            {sums.map(({ total, invoiceIds }) => (
              <ButtonLink
                key={total.currency}
                to="/account/credits/purchase"
                search={{ invoices: invoiceIds.join(',') }}
                size="sm"
              >
                {texts.pay(format.money(total))}
              </ButtonLink>
            ))}
          </Group>
        </section>
      )}
    </>
  );
}
