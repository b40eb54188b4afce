import { Anchor, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { decimalText } from '#shared/money/index.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import { Fact, Facts } from './fact.tsx';
import { usePaymentWords } from './payment-words.ts';

type Transfer = NonNullable<AdminPayment['transfer']>;

/** What should have arrived, and where: to be held against the bank statement. */
export function ExpectedFacts({
  payment,
  onAccount,
}: {
  payment: AdminPayment;
  onAccount: (accountId: string) => void;
}) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  const { transfer, amount, currency, account } = payment;
  return (
    <>
      <Facts title={transfer === null ? texts.facts : texts.expected}>
        <Fact label={texts.amount} copies={decimalText(moneyFromWire(amount, currency))} emphasis>
          <Amount value={moneyFromWire(amount, currency)} />
        </Fact>
        {transfer !== null && (
          <Fact label={texts.reference} copies={transfer.reference} emphasis>
            <bdi>{transfer.reference}</bdi>
          </Fact>
        )}
        <Fact label={texts.methodName}>{words.method(payment)}</Fact>
        <Fact label={texts.invoices}>
          <InvoiceWords payment={payment} />
        </Fact>
        <Fact label={texts.account}>
          {account.name}{' '}
          <Anchor component="button" type="button" fz="inherit" onClick={() => onAccount(account.id)}>
            {texts.accountPayments}
          </Anchor>
        </Fact>
        {payment.gateway_reference !== null && transfer === null && (
          <Fact label={texts.gatewayReference} copies={payment.gateway_reference}>
            {texts.gatewayName(words.gateway(payment.gateway), payment.gateway_reference)}
          </Fact>
        )}
      </Facts>
      {transfer !== null && transfer.fields.length > 0 && (
        <Facts title={texts.bankDetails}>
          {transfer.fields.map(({ label, value }, index) => (
            <Fact key={index} label={label}>
              {value}
            </Fact>
          ))}
        </Facts>
      )}
    </>
  );
}

function InvoiceWords({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  return payment.invoices.map(({ id, number, amount_due: due }) => (
    <Text key={id} span display="block" size="sm">
      {due === 0 ? (number ?? texts.noNumber) : texts.invoiceDue(number ?? texts.noNumber, words.amount(due, payment))}
    </Text>
  ));
}

/** What the payer has told about the transfer. */
export function DeclaredFacts({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const { transfer } = payment;
  if (transfer?.declaration == null) return null;
  const { declaration, demands } = transfer;
  return (
    <Facts title={texts.declared}>
      <Told label={texts.transactionId} value={declaration.transaction_id} demand={demands.transaction_id} emphasis />
      <Told label={texts.payer} value={declaration.payer_name} demand={demands.payer_name} />
      <Told label={texts.payerAccount} value={declaration.payer_account} demand={demands.payer_account} />
      <Fact label={texts.sentOn}>
        {declaration.paid_on === null ? <Missing word={texts.notTold} /> : <DateText date={declaration.paid_on} />}
      </Fact>
      <Fact label={texts.declaredAt}>
        <RelativeTime at={declaration.declared_at} />
      </Fact>
      {declaration.note !== null && <Fact label={texts.note}>{declaration.note}</Fact>}
    </Facts>
  );
}

function Told({
  label,
  value,
  demand,
  emphasis = false,
}: {
  label: string;
  value: string | null;
  demand: Transfer['demands']['proof'];
  emphasis?: boolean;
}) {
  const texts = useTexts().adminPayments;
  if (value === null) {
    return demand === 'hidden' ? null : (
      <Fact label={label}>
        <Missing word={texts.notTold} />
      </Fact>
    );
  }
  return (
    <Fact label={label} copies={value} emphasis={emphasis}>
      {value}
    </Fact>
  );
}

function Missing({ word }: { word: string }) {
  return (
    <Text span inherit c="dimmed">
      {word}
    </Text>
  );
}
