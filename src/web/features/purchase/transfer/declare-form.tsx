import { Button, Card, Group, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRef, useState } from 'react';
import { calendarDateIn } from '#shared/time/index.ts';
import { ErrorState } from '#web/components/error-state.tsx';
import { type ApiArguments, api } from '#web/lib/api.ts';
import { useNow } from '#web/lib/now.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import type { Purchase } from '../payment-view.ts';
import { ProofUpload } from './proof-upload.tsx';
import type { Transfer } from './transfer-details.tsx';

type Declaration = NonNullable<ApiArguments<'declareTransfer'>['body']>;
type Demand = Transfer['demands']['proof'];

/** “I have sent the money”: exactly the fields the seller asks for, and the proof. */
export function DeclareForm({
  payment,
  transfer,
  onDeclared,
  onCancel,
}: {
  payment: Purchase['payment'];
  transfer: Transfer;
  onDeclared: (purchase: Purchase) => Promise<void>;
  /** Leaves a correction; a first declaration has nothing to go back to. */
  onCancel?: () => void;
}) {
  const { transfers: texts, common } = useTexts();
  const { demands, declaration } = transfer;
  const chooseRef = useRef<HTMLButtonElement>(null);
  const [proofError, setProofError] = useState<string | null>(null);
  const form = useDeclarationForm(transfer);
  const declare = useFormMutation({
    form,
    send: (values) => api('declareTransfer', { params: { id: payment.id }, body: bodyOf(values) }),
    onSuccess: onDeclared,
  });
  const lacksProof = demands.proof === 'required' && transfer.proofs.length === 0;
  const label = (words: string, demand: Demand) => (demand === 'optional' ? `${words} (${common.optional})` : words);
  const today = calendarDateIn(useNow(), useFormat().timeZone);
  return (
    <Card component="section" aria-label={declaration === null ? texts.declareTitle : texts.correctTitle}>
      <form
        noValidate
        onSubmit={(event) => {
          setProofError(lacksProof ? texts.proofNeeded : null);
          if (lacksProof && !form.validate().hasErrors) {
            event.preventDefault();
            chooseRef.current?.focus();
            return;
          }
          declare.submit(event);
        }}
      >
        <Stack gap="md">
          <div>
            <Title order={2}>{declaration === null ? texts.declareTitle : texts.correctTitle}</Title>
            <Text size="sm" c="dimmed" mt={4}>
              {texts.declareLead}
            </Text>
          </div>
          {declare.error !== null && <ErrorState error={declare.error} compact />}
          {demands.transaction_id !== 'hidden' && (
            <TextInput
              label={label(texts.transactionId, demands.transaction_id)}
              description={demands.transaction_id_hint ?? texts.transactionIdPlain}
              required={demands.transaction_id === 'required'}
              withAsterisk={false}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              key={form.key('transaction_id')}
              {...form.getInputProps('transaction_id')}
            />
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {demands.payer_name !== 'hidden' && (
              <TextInput
                label={label(texts.payerName, demands.payer_name)}
                required={demands.payer_name === 'required'}
                withAsterisk={false}
                maxLength={120}
                autoComplete="name"
                key={form.key('payer_name')}
                {...form.getInputProps('payer_name')}
              />
            )}
            {demands.payer_account !== 'hidden' && (
              <TextInput
                label={label(texts.payerAccount, demands.payer_account)}
                required={demands.payer_account === 'required'}
                withAsterisk={false}
                maxLength={64}
                autoComplete="off"
                key={form.key('payer_account')}
                {...form.getInputProps('payer_account')}
              />
            )}
            <TextInput
              type="date"
              label={label(texts.paidOn, 'optional')}
              max={today}
              key={form.key('paid_on')}
              {...form.getInputProps('paid_on')}
            />
          </SimpleGrid>
          {demands.proof !== 'hidden' && (
            <ProofUpload
              paymentId={payment.id}
              transfer={transfer}
              chooseRef={chooseRef}
              error={lacksProof ? proofError : null}
            />
          )}
          <Textarea
            label={label(texts.note, 'optional')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            key={form.key('note')}
            {...form.getInputProps('note')}
          />
          <Group gap="sm">
            <Button type="submit" loading={declare.isPending}>
              {declaration === null ? texts.declare : texts.correct}
            </Button>
            {onCancel !== undefined && (
              <Button variant="default" onClick={onCancel} disabled={declare.isPending}>
                {common.cancel}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

const transactionIdCharactersMin = 4;

function useDeclarationForm({ demands, declaration }: Transfer) {
  const texts = useTexts().transfers;
  const today = calendarDateIn(useNow(), useFormat().timeZone);
  const missing = (demand: Demand) => (value: string) =>
    demand === 'required' && value.trim() === '' ? texts.needed : null;
  return useForm({
    mode: 'uncontrolled',
    initialValues: {
      transaction_id: declaration?.transaction_id ?? '',
      payer_name: declaration?.payer_name ?? '',
      payer_account: declaration?.payer_account ?? '',
      paid_on: declaration?.paid_on ?? '',
      note: declaration?.note ?? '',
    },
    validate: {
      transaction_id: (value) => {
        const typed = value.trim();
        if (typed === '') return missing(demands.transaction_id)(value);
        return typed.length < transactionIdCharactersMin ? texts.transactionIdShort : null;
      },
      payer_name: missing(demands.payer_name),
      payer_account: missing(demands.payer_account),
      paid_on: (value) => (value > today ? texts.paidOnFuture : null),
    },
  });
}

/** What was filled in; a field left empty is left out. */
function bodyOf(values: Record<string, string>): Declaration {
  const filled = Object.entries(values).map(([name, value]) => [name, lineOf(value)] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== ''));
}

function lineOf(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
