import { type RefObject, useEffect, useRef } from 'react';
import type { DeskView } from './desk-view.ts';

/**
 * Moves the focus to what the page shows when a step of the reader has replaced it, so that a screen reader begins to
 * read there and the keyboard goes on from there. The first view leaves the focus to the page, and a dialog has its own.
 */
export function useViewFocus(view: DeskView): RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  const shown = useRef(view);
  useEffect(() => {
    const before = shown.current;
    shown.current = view;
    if (before === view || before === 'loading' || view === 'loading' || view === 'paid') return;
    content.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [view]);
  return content;
}
