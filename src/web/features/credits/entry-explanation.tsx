import { Code, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Credits } from '#shared/money/index.ts';
import { CreditCount } from '#web/components/credit-count.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useCreditWords, useFormat, useMilliCreditWords, useTexts } from '#web/lib/reader.ts';
import classes from './credits.module.css';
import { EntryLots } from './entry-lots.tsx';
import { entryTitle, quantityWords, signed } from './entry-words.ts';

/** Everything that is known about an entry. */
export type Explanation = ApiResult<'explainCreditEntry'>;

/** The whole reason of an entry: what it changed, what it cost and by which rule, which credits it moved, and who asked. */
export function EntryExplanation({
  explained,
  onEntry,
}: {
  explained: Explanation;
  onEntry: (entryId: string) => void;
}) {
  const texts = useTexts().credits;
  return (
    <Stack gap="lg">
      <Change explained={explained} />
      {explained.cost !== null && <Cost explained={explained} cost={explained.cost} />}
      {explained.hold !== null && <Hold hold={explained.hold} unit={explained.entry.operation?.unit ?? ''} />}
      {explained.lots.length > 0 && (
        <Part title={texts.sectionLots}>
          <EntryLots lots={explained.lots} entryId={explained.entry.id} onEntry={onEntry} />
        </Part>
      )}
      <Origin explained={explained} />
    </Stack>
  );
}

function Change({ explained: { entry, balance_before: before } }: { explained: Explanation }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const onlyHeld = entry.change === 0 && entry.held_change !== 0;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="baseline" gap="xs">
        <Text fw={600} fz="lg">
          {entryTitle(entry, texts)}
        </Text>
        <Text size="sm" c="dimmed">
          {texts.number(format.count(entry.number))}
        </Text>
      </Group>
      <dl className={classes['balances']}>
        <Balance name={texts.before} units={creditsFromWire(before)} />
        <div>
          <dt>{texts.change}</dt>
          <dd className="figures">
            {onlyHeld
              ? texts.heldChange(signed(creditsFromWire(entry.held_change), format))
              : signed(creditsFromWire(entry.change), format)}
          </dd>
        </div>
        <Balance name={texts.after} units={creditsFromWire(entry.balance)} />
      </dl>
      {entry.held > 0 && (
        <Text size="sm" c="dimmed">
          {texts.heldNow(format.credits(creditsFromWire(entry.held)))}
        </Text>
      )}
    </Stack>
  );
}

function Balance({ name, units }: { name: string; units: Credits }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <CreditCount units={units} />
      </dd>
    </div>
  );
}

function Cost({ explained, cost }: { explained: Explanation; cost: NonNullable<Explanation['cost']> }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const milliCreditWords = useMilliCreditWords();
  const rule = [
    texts.perUnit(milliCreditWords(cost.milli_credits_per_unit), explained.entry.operation?.unit ?? ''),
    texts.rounding[cost.rounding],
    ...(cost.minimum_credits > 0 ? [texts.minimum(format.credits(creditsFromWire(cost.minimum_credits)))] : []),
    cost.variant === null ? texts.costForAll : texts.costForVariant(cost.variant),
  ];
  return (
    <Part title={texts.sectionCost}>
      <Facts
        facts={[
          [texts.calculation, cost.calculation],
          [texts.costVersion, rule.join(', ')],
          ['', texts.costVersionOf(format.count(cost.version), format.instant(new Date(cost.effective_from)))],
        ]}
      />
    </Part>
  );
}

function Hold({ hold, unit }: { hold: NonNullable<Explanation['hold']>; unit: string }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const { captured_credits: credits, captured_quantity: quantity } = hold;
  const creditWords = useCreditWords();
  const reserved = creditWords(creditsFromWire(hold.credits));
  return (
    <Part title={texts.sectionHold}>
      <Stack gap={2}>
        <Text size="sm">{texts.holdStatuses[hold.status]}</Text>
        <Text size="sm">{texts.holdReserved(reserved, quantityWords(hold.quantity, unit, format))}</Text>
        {credits !== null && quantity !== null && (
          <Text size="sm">
            {texts.holdCaptured(creditWords(creditsFromWire(credits)), quantityWords(quantity, unit, format))}
          </Text>
        )}
      </Stack>
    </Part>
  );
}

function Origin({ explained }: { explained: Explanation }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const { entry, actor, metadata, request_id: request, idempotency_key: key } = explained;
  const kind = texts.actors[actor.type];
  return (
    <Part title={texts.sectionWho}>
      <Facts
        facts={[
          [texts.when, format.instant(new Date(entry.occurred_at))],
          [texts.who, actor.name === null ? kind : `${actor.name} (${kind})`],
          [texts.reason, entry.reason],
          [texts.reference, entry.reference],
          [texts.site, code(entry.site_id)],
          [texts.member, code(entry.user_id)],
          [texts.request, code(request)],
          [texts.idempotencyKey, code(key)],
          [texts.metadata, metadata === null ? null : code(JSON.stringify(metadata, null, 1))],
        ]}
      />
    </Part>
  );
}

function code(text: string | null): ReactNode {
  return text === null ? null : <Code style={{ overflowWrap: 'anywhere' }}>{text}</Code>;
}

/** A part of the explanation under its name. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Facts by their names; those that are null are left out. */
function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
