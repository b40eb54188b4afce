import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { textsFor } from '#shared/texts/index.ts';
import { IconCircleCheck, IconInfo, IconWarning } from '#web/components/icons.tsx';

const looks = {
  good: { color: 'green', icon: <IconCircleCheck size={18} /> },
  neutral: { color: 'blue', icon: <IconInfo size={18} /> },
  bad: { color: 'red', icon: <IconWarning size={18} /> },
} as const;

const shownForMilliseconds = 7_000;

/** Says what has happened, for a few seconds; pointing at it holds it. What the reader must act on goes elsewhere. */
export function showToast(toast: { tone: keyof typeof looks; message: ReactNode; title?: string }): void {
  notifications.show({
    ...looks[toast.tone],
    message: toast.message,
    autoClose: shownForMilliseconds,
    closeButtonProps: { 'aria-label': textsFor(navigator.language).common.close },
    ...(toast.title === undefined ? {} : { title: toast.title }),
  });
}
