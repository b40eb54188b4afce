import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';
import { codeKinds, codeMembers } from './option-values.ts';
import type { OptionForm } from './use-option-form.ts';

/** The payment code that a banking app reads, and what it is made of. */
export function PaymentCodeInput({ form }: { form: OptionForm }) {
  const texts = useTexts().paymentOptions;
  const { kind } = form.values.code;
  return (
    <>
      <NativeSelect
        label={texts.paymentCode}
        description={texts.paymentCodeHint}
        data={codeKinds.map((value) => ({ value, label: texts.paymentCodes[value] }))}
        maw={420}
        {...form.getInputProps('code.kind')}
      />
      {kind !== 'none' && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {codeMembers[kind].map((member) => (
            <TextInput
              key={member}
              label={texts.code[member]}
              maxLength={memberLengths[member]}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps(`code.${member}`)}
            />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

/** As long as the standards of the codes allow. */
const memberLengths = {
  name: 70,
  iban: 42,
  bic: 11,
  address: 100,
  key: 77,
  city: 35,
  postal_code: 16,
  country: 2,
} as const;
