import { usePageKeys } from '#web/lib/page-keys.ts';
import { useTexts } from '#web/lib/reader.ts';

/** Marks what the keys of a list move between: the link of each row. */
export const rowLinkMark = { 'data-payment-link': true };

/** J and K, and the arrows once a row has the focus, move from row to row; Enter opens one, being a link. */
export function useListKeys(isShown: boolean): void {
  const texts = useTexts().adminPayments;
  const keys = [
    { keys: ['j', 'ArrowDown'], label: texts.keyNext, run: () => moveFocus(1) },
    { keys: ['k', 'ArrowUp'], label: texts.keyPrevious, run: () => moveFocus(-1) },
    { keys: ['Enter'], label: texts.keyOpen, run: () => false },
  ];
  usePageKeys(isShown ? keys : []);
}

function moveFocus(step: 1 | -1): boolean {
  // A dialog, such as the list of shortcuts, keeps the focus to itself.
  if (document.activeElement !== null && document.activeElement.closest('[role="dialog"]') !== null) return false;
  const links = [...document.querySelectorAll<HTMLElement>('[data-payment-link]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const target = links[at === -1 ? 0 : at + step];
  target?.focus();
  return target !== undefined;
}
