import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** A shortcut of the page that is shown: its keys as `KeyboardEvent.key` names them, and what they do. */
export type PageKey = {
  readonly keys: readonly string[];
  /** What it does, for the list of shortcuts. */
  readonly label: string;
  /** Answers false when the key is not for it right now, and what the browser does with it stands. */
  readonly run: () => unknown;
};

/** What the list of shortcuts says about the page. */
export type ListedKey = Pick<PageKey, 'keys' | 'label'>;

/** Whether the reader wants shortcuts of single keys: speech input types letters by accident (WCAG 2.2, 2.1.4). */
export function useSingleKeysEnabled() {
  return useLocalStorage({ key: 'purser-single-keys', defaultValue: true });
}

/** Gives the page shortcuts of single keys while the component is shown, and lists them where `?` shows the list. */
export function usePageKeys(pageKeys: readonly PageKey[]): void {
  const [enabled] = useSingleKeysEnabled();
  const words = JSON.stringify(pageKeys.map(({ keys, label }) => ({ keys, label })));
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = pageKeys.find(({ keys }) => keys.includes(name));
    if (pressed !== undefined && pressed.run() !== false) event.preventDefault();
  });
  useEffect(() => {
    listed = words === '[]' ? none : JSON.parse(words);
    tell();
    return () => {
      listed = none;
      tell();
    };
  }, [words]);
  useEffect(() => {
    if (!enabled) return undefined;
    // Before the shortcuts of the shell, which leave alone what a page has taken.
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [enabled]);
}

/** The shortcuts of the page that is shown. */
export function useListedPageKeys(): readonly ListedKey[] {
  return useSyncExternalStore(subscribe, () => listed);
}

/** Whether somebody types where a key was pressed, so that letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], iframe, dialog') !== null
  );
}

const none: readonly ListedKey[] = [];
const listeners = new Set<() => void>();
let listed = none;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
