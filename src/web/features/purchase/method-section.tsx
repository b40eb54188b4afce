import { Card, Checkbox, List, Stack, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Markdown } from '#web/components/markdown.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { CardFormFailed } from './card-form-failed.tsx';
import { CardSection } from './card-section.tsx';
import type { MethodChoice, PaymentOption } from './method-choices.ts';

/** What the marked method needs here: the card form, a word on how a transfer goes, and whether it is kept. */
export function MethodSection({
  choice,
  amount,
  save,
  onSave,
  disabled,
  cardFailed,
  onRetryCard,
  onCardReady,
}: {
  choice: MethodChoice;
  amount: string;
  /** Whether it is kept for later payments; null where it cannot be. */
  save: boolean | null;
  onSave: (save: boolean) => void;
  disabled: boolean;
  cardFailed: boolean;
  onRetryCard: () => void;
  onCardReady: () => void;
}) {
  const isCard = choice.saved === null && choice.option.kind === 'card';
  const [hadCard, setHadCard] = useState(isCard);
  if (isCard && !hadCard) setHadCard(true);
  const keep =
    save === null ? null : <KeepMethod kind={choice.option.kind} save={save} onSave={onSave} disabled={disabled} />;
  return (
    <>
      {/* The gateway's form stays where it is while another method is looked at, with what was typed. */}
      {hadCard && (
        <div hidden={!isCard}>
          {cardFailed ? (
            <CardFormFailed onRetry={onRetryCard} />
          ) : (
            <CardSection onReady={onCardReady}>{keep}</CardSection>
          )}
        </div>
      )}
      {choice.saved === null && !isCard && <OtherMethod choice={choice} amount={amount} keep={keep} />}
    </>
  );
}

function OtherMethod({ choice, amount, keep }: { choice: MethodChoice; amount: string; keep: ReactNode }) {
  const texts = useTexts().purchase;
  const { option } = choice;
  const isByHand = option.kind === 'transfer' || option.kind === 'wallet';
  if (!isByHand && keep === null && option.instructions === null) return null;
  return (
    <Card component="section" aria-label={option.display_name}>
      <Stack gap="md">
        <Title order={2}>{isByHand ? texts.stepHow : option.display_name}</Title>
        {isByHand ? (
          <List type="ordered" size="sm" spacing="xs">
            <List.Item>{texts.transferSteps.shown(amount)}</List.Item>
            <List.Item>{texts.transferSteps.sent(option.display_name)}</List.Item>
            <List.Item>{texts.transferSteps.checked}</List.Item>
          </List>
        ) : (
          option.instructions !== null && <Markdown source={option.instructions} />
        )}
        {keep}
      </Stack>
    </Card>
  );
}

function KeepMethod({
  kind,
  save,
  onSave,
  disabled,
}: {
  kind: PaymentOption['kind'];
  save: boolean;
  onSave: (save: boolean) => void;
  disabled: boolean;
}) {
  const texts = useTexts().purchase;
  return (
    <Checkbox
      checked={save}
      onChange={({ currentTarget }) => onSave(currentTarget.checked)}
      disabled={disabled}
      label={kind === 'paypal' ? texts.savePaypal : texts.saveCard}
      description={texts.saveHint}
    />
  );
}
