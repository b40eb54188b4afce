import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTexts } from '#web/lib/reader.ts';
import { AddOption } from './add-option.tsx';
import { EditOption } from './edit-option.tsx';
import { useOptionWords } from './option-words.ts';
import type { OptionPreset, OptionSettings } from './options.ts';

/** What the dialog is about: an option, or one to be added to a country, to the default set (null), or to any. */
export type OptionTarget = OptionSettings | { readonly country: string | null | undefined };

/** Adds a way to pay or changes one. */
export function OptionDialog({
  target,
  options,
  presets,
  onClose,
}: {
  target: OptionTarget | null;
  options: readonly OptionSettings[];
  presets: readonly OptionPreset[];
  onClose: () => void;
}) {
  const { paymentOptions: texts, common } = useTexts();
  const words = useOptionWords();
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const edited = target !== null && 'id' in target ? target : null;
  return (
    <Modal
      opened={target !== null}
      onClose={onClose}
      size="xl"
      fullScreen={narrow}
      title={edited === null ? texts.addTitle : texts.editTitle(edited.display_name, words.country(edited.country))}
      closeButtonProps={{ 'aria-label': common.close }}
      // What was typed is not lost by a click beside the dialog.
      closeOnClickOutside={false}
    >
      {edited !== null && <EditOption key={edited.id} option={edited} onDone={onClose} />}
      {target !== null && edited === null && (
        <AddOption country={target.country} options={options} presets={presets} onDone={onClose} />
      )}
    </Modal>
  );
}
