import { Button, Group, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { IconPlus } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import {
  addFault,
  type FaultKind,
  type Gateway,
  isWebhookFault,
  type NewFault,
  requestFaults,
  webhookFaults,
} from './simulator-controls.ts';
import { useControl } from './use-control.ts';

const suggestedTypes: Readonly<Record<Gateway, string[]>> = {
  stripe: [
    'payment_intent.created',
    'payment_intent.succeeded',
    'payment_intent.payment_failed',
    'payment_intent.requires_action',
    'payment_intent.canceled',
    'charge.succeeded',
    'charge.failed',
  ],
  paypal: [
    'CHECKOUT.ORDER.APPROVED',
    'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
    'PAYMENT.CAPTURE.COMPLETED',
    'PAYMENT.CAPTURE.PENDING',
    'PAYMENT.CAPTURE.DENIED',
    'PAYMENT.CAPTURE.DECLINED',
    'PAYMENT.CAPTURE.REFUNDED',
    'PAYMENT.CAPTURE.REVERSED',
    'VAULT.PAYMENT-TOKEN.CREATED',
    'CUSTOMER.DISPUTE.CREATED',
  ],
};
const pathExamples: Readonly<Record<Gateway, string>> = {
  stripe: '/v1/payment_intents',
  paypal: '/v2/checkout/orders',
};
const methods = ['GET', 'POST', 'DELETE'];
const withDelay: readonly FaultKind[] = ['delay_webhooks', 'reorder_webhooks', 'slow_request'];

/** What the form holds; a field that the chosen kind of fault has no use for is not shown and not sent. */
type Draft = {
  kind: FaultKind;
  types: string[];
  method: string | null;
  path: string;
  times: number;
  ms: number;
  status: number;
};

const emptyDraft: Draft = {
  kind: 'delay_webhooks',
  types: [],
  method: null,
  path: '',
  times: 1,
  ms: 5_000,
  status: 500,
};

/** Adds a fault to a simulated gateway. */
export function FaultForm({ gateway }: { gateway: Gateway }) {
  const texts = useTexts().sandbox;
  const [draft, setDraft] = useState(emptyDraft);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const add = useControl({
    gateway,
    run: (fault: NewFault) => addFault(gateway, fault),
    failed: texts.faultAddFailed,
  });
  const kinds = [...webhookFaults, ...requestFaults];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(faultOf(draft));
      }}
    >
      <Group gap="sm" align="flex-end">
        <Select
          label={texts.faultKind}
          data={kinds.map((kind) => ({ value: kind, label: texts.faultKinds[kind] }))}
          value={draft.kind}
          onChange={(value) => change({ kind: kinds.find((kind) => kind === value) ?? draft.kind })}
          allowDeselect={false}
          w={{ base: '100%', xs: 280 }}
        />
        {isWebhookFault(draft.kind) ? (
          <TagsInput
            label={texts.faultEvents}
            placeholder={draft.types.length === 0 ? texts.faultEventsHint : ''}
            data={suggestedTypes[gateway]}
            value={draft.types}
            onChange={(types) => change({ types })}
            w={{ base: '100%', xs: 300 }}
          />
        ) : (
          <>
            <Select
              label={texts.faultMethod}
              placeholder={texts.faultAnyMethod}
              data={methods}
              value={draft.method}
              onChange={(method) => change({ method })}
              clearable
              w={110}
            />
            <TextInput
              label={texts.faultPath}
              placeholder={pathExamples[gateway]}
              value={draft.path}
              onChange={({ currentTarget }) => change({ path: currentTarget.value })}
              w={{ base: '100%', xs: 220 }}
            />
          </>
        )}
        <FaultFigure
          label={texts.faultTimes}
          min={1}
          max={10_000}
          value={draft.times}
          onChange={(times) => change({ times })}
        />
        {withDelay.includes(draft.kind) && (
          <FaultFigure
            label={texts.faultDelay}
            min={0}
            max={600_000}
            value={draft.ms}
            onChange={(ms) => change({ ms })}
          />
        )}
        {draft.kind === 'fail_request' && (
          <FaultFigure
            label={texts.faultStatus}
            min={400}
            max={599}
            value={draft.status}
            onChange={(status) => change({ status })}
          />
        )}
        <Button type="submit" variant="light" leftSection={<IconPlus size={16} />} loading={add.isPending}>
          {texts.faultAdd}
        </Button>
      </Group>
    </form>
  );
}

function FaultFigure({
  label,
  min,
  max,
  value,
  onChange,
}: {
  label: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      label={label}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="blur"
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : min)}
      w={150}
    />
  );
}

function faultOf(draft: Draft): NewFault {
  return {
    kind: draft.kind,
    match: isWebhookFault(draft.kind)
      ? { types: draft.types }
      : {
          ...(draft.method === null ? {} : { method: draft.method }),
          ...(draft.path.trim() === '' ? {} : { path: draft.path.trim() }),
        },
    times: draft.times,
    ...(withDelay.includes(draft.kind) ? { ms: draft.ms } : {}),
    ...(draft.kind === 'fail_request' ? { status: draft.status } : {}),
  };
}
