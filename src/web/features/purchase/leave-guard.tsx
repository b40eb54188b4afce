import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '#web/lib/reader.ts';

/**
 * Asks before the page is left while a payment is under way; a move within the page is no leaving. The browser's own
 * question is used, since the dialog of the payer's bank lies above everything that a page can show.
 */
export function LeaveGuard({ busy }: { busy: boolean }) {
  const texts = useTexts().purchase;
  useBlocker({
    shouldBlockFn: ({ current, next }) => busy && current.pathname !== next.pathname && !window.confirm(texts.leave),
    enableBeforeUnload: () => busy,
  });
  return null;
}
