import { PasswordInput, type PasswordInputProps, Progress, Text } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useState } from 'react';
import { useFormat, useTexts } from '#web/lib/reader.ts';

/** The fewest characters of a password. Length is what makes one strong (NIST SP 800-63B). */
export const passwordLengthLeast = 10;

const comfortableLength = 16;

/** A field for a new password, which shows how far its length has got. */
export function NewPasswordField({ onChange, ...props }: PasswordInputProps) {
  const texts = useTexts().auth;
  const format = useFormat();
  const meterId = useId();
  const [length, setLength] = useState(0);
  const enough = length >= passwordLengthLeast;
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        minLength={passwordLengthLeast}
        maxLength={128}
        visibilityToggleButtonProps={{ 'aria-label': texts.passwordShow }}
        aria-describedby={meterId}
        {...props}
        onChange={(event) => {
          setLength([...event.currentTarget.value].length);
          onChange?.(event);
        }}
      />
      <Progress
        mt={8}
        size={4}
        value={Math.min(100, (length / comfortableLength) * 100)}
        color={enough ? 'green' : 'gray'}
        aria-hidden="true"
      />
      <Text id={meterId} size="xs" c="dimmed" mt={4}>
        {enough ? texts.passwordLong : texts.passwordMeter(format.count(length), format.count(passwordLengthLeast))}
      </Text>
    </div>
  );
}
