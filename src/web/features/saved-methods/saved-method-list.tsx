import { useState } from 'react';
import type { SavedMethod } from '#web/lib/saved-method-words.ts';
import { useTexts } from '#web/lib/reader.ts';
import { RemoveMethodDialog } from './remove-method-dialog.tsx';
import { SavedMethodRow } from './saved-method-row.tsx';
import classes from './saved-methods.module.css';

/** The saved methods, the default one first, each with what can be done about it. */
export function SavedMethodList({ methods }: { methods: readonly SavedMethod[] }) {
  const { savedMethods: texts } = useTexts();
  const [removing, setRemoving] = useState<SavedMethod | null>(null);
  return (
    <>
      <ul className={classes['list'] ?? ''} aria-label={texts.title}>
        {methods.map((method) => (
          <SavedMethodRow key={method.id} method={method} onRemove={() => setRemoving(method)} />
        ))}
      </ul>
      <RemoveMethodDialog method={removing} methods={methods} onClose={() => setRemoving(null)} />
    </>
  );
}
