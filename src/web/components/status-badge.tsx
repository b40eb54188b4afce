import { Badge } from '@mantine/core';
import type { ShownState, StateTone } from '#shared/texts/index.ts';
import { type Icon, IconCircle, IconCircleCheck, IconCircleX, IconClock, IconWarning } from '#web/components/icons.tsx';

const looks: { readonly [tone in StateTone]: { color: string; Icon: Icon } } = {
  neutral: { color: 'gray', Icon: IconCircle },
  waiting: { color: 'blue', Icon: IconClock },
  good: { color: 'green', Icon: IconCircleCheck },
  warning: { color: 'yellow', Icon: IconWarning },
  bad: { color: 'red', Icon: IconCircleX },
};

/** A state of the one vocabulary (`texts.states`), by icon, word and colour. */
export function StatusBadge({ state, size = 'md' }: { state: ShownState; size?: 'sm' | 'md' | 'lg' }) {
  const { color, Icon } = looks[state.tone];
  return (
    <Badge color={color} size={size} leftSection={<Icon size={13} />} style={{ flex: 'none', minWidth: 'max-content' }}>
      {state.word}
    </Badge>
  );
}
