import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTexts } from '#web/lib/reader.ts';

/**
 * Asks before the page is left while a payment is under way; a move within the page is no leaving. The browser's own
 * question is used, since the dialog of the payer's bank lies above everything that a page can show. Whoever leaves all
 * the same gets the next page loaded anew, without that dialog and without an attempt that goes on behind it.
 */
export function LeaveGuard({ busy }: { busy: boolean }) {
  const texts = useTexts().purchase;
  useBlocker({
    shouldBlockFn: ({ current, next }) => busy && current.pathname !== next.pathname && !window.confirm(texts.leave),
    enableBeforeUnload: () => busy,
  });
  const busyNow = useRef(busy);
  useEffect(() => {
    busyNow.current = busy;
  }, [busy]);
  useEffect(
    () => () => {
      if (busyNow.current) window.location.reload();
    },
    [],
  );
  return null;
}
