import { Button, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { DateText } from '#web/components/date-text.tsx';
import { TextLink } from '#web/components/links.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import { DeclareForm } from './declare-form.tsx';
import { ProofLink } from './proof-upload.tsx';
import type { Transfer } from './transfer-details.tsx';
import { TransferSubject } from './transfer-subject.tsx';
import { TransferTimeline } from './transfer-timeline.tsx';
import classes from './transfer.module.css';

/** The seller looks for the money: where that stands, what was declared, and the way to correct it. */
export function ReviewStep({
  purchase,
  onDeclared,
}: {
  purchase: Purchase;
  onDeclared: (purchase: Purchase) => Promise<void>;
}) {
  const { transfers: texts, purchase: words, states } = useTexts();
  const [correcting, correction] = useDisclosure(false);
  const { payment } = purchase;
  const { transfer } = payment;
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="xl">
          <Card>
            <Stack gap="md">
              <Group gap="sm" justify="space-between">
                <Title order={2}>{texts.reviewTitle}</Title>
                <StatusBadge state={states.payment.in_review} />
              </Group>
              <Text role="status" maw="65ch">
                {texts.review}
              </Text>
              <Group gap="md">
                <TextLink to="/account/invoices">{words.toInvoices}</TextLink>
              </Group>
            </Stack>
          </Card>
          {transfer !== null && !correcting && (
            <Told paymentId={payment.id} transfer={transfer} onCorrect={correction.open} />
          )}
          {transfer !== null && correcting && (
            <DeclareForm
              payment={payment}
              transfer={transfer}
              onCancel={correction.close}
              onDeclared={async (declared) => {
                await onDeclared(declared);
                correction.close();
              }}
            />
          )}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Card>
          <Stack gap="lg">
            <TransferSubject purchase={purchase} />
            <TransferTimeline payment={payment} />
          </Stack>
        </Card>
      </Grid.Col>
    </Grid>
  );
}

/** What the payer has declared, and the files that prove it. */
function Told({ paymentId, transfer, onCorrect }: { paymentId: string; transfer: Transfer; onCorrect: () => void }) {
  const texts = useTexts().transfers;
  const { declaration, proofs } = transfer;
  return (
    <Card component="section" aria-label={texts.told}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{texts.told}</Title>
        <Button variant="default" size="xs" onClick={onCorrect}>
          {texts.correctButton}
        </Button>
      </Group>
      <dl className={classes['facts']}>
        <ToldFact label={texts.reference}>{transfer.reference}</ToldFact>
        {declaration !== null && (
          <>
            <ToldFact label={texts.transactionId}>{declaration.transaction_id}</ToldFact>
            <ToldFact label={texts.payerName}>{declaration.payer_name}</ToldFact>
            <ToldFact label={texts.payerAccount}>{declaration.payer_account}</ToldFact>
            <ToldFact label={texts.paidOn}>
              {declaration.paid_on === null ? null : <DateText date={declaration.paid_on} />}
            </ToldFact>
            <ToldFact label={texts.note}>{declaration.note}</ToldFact>
          </>
        )}
        {proofs.length > 0 && (
          <ToldFact label={texts.proof}>
            <Stack gap={2}>
              {proofs.map((proof) => (
                <ProofLink key={proof.id} paymentId={paymentId} proof={proof} />
              ))}
            </Stack>
          </ToldFact>
        )}
      </dl>
    </Card>
  );
}

function ToldFact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div className={classes['fact']}>
      <dt>{label}</dt>
      <dd>
        <div className={classes['value']}>{children}</div>
      </dd>
    </div>
  );
}
