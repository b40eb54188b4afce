import { Alert, Button, Text } from '@mantine/core';
import { IconPlus, IconWarning } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { OptionTarget } from './option-dialog.tsx';
import { OptionRow } from './option-row.tsx';
import { useOptionWords } from './option-words.ts';
import type { OptionGroup, OptionSettings } from './options.ts';
import classes from './payment-options.module.css';

/** The ways to pay of one country, or of every country without its own. */
export function OptionGroupSection({
  group: { country, options },
  all,
  onTarget,
}: {
  group: OptionGroup;
  /** Those of the country that a search has left out as well. */
  all: readonly OptionSettings[];
  onTarget: (target: OptionTarget) => void;
}) {
  const texts = useTexts().paymentOptions;
  const words = useOptionWords();
  const mayManage = useIsAllowed('payment_options.manage');
  const name = words.country(country);
  const isShut = !all.some((option) => option.is_enabled && option.is_available);
  return (
    <Section
      flush
      title={name}
      description={country === null ? texts.defaultSetDetail : texts.countryDetail(name)}
      actions={
        mayManage && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            aria-label={texts.addTo(name)}
            onClick={() => onTarget({ country })}
          >
            {texts.add}
          </Button>
        )
      }
    >
      {isShut && (
        <Alert color="yellow" icon={<IconWarning size={20} />} mx="lg" mb="md" role="note">
          <Text size="sm">{texts.noneEnabled}</Text>
        </Alert>
      )}
      <ul className={classes['options']}>
        {options.map((option) => (
          <li key={option.id}>
            <OptionRow option={option} isLast={country !== null && all.length === 1} onEdit={() => onTarget(option)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
