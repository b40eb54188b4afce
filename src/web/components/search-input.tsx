import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { IconSearch } from './icons.tsx';

const typingPauseMilliseconds = 300;

/** What a list is searched for. `onSearch` hears it once the typing pauses, and null when it is empty. */
export function SearchInput({
  label,
  placeholder,
  value,
  onSearch,
  longest,
  width,
}: {
  label: string;
  placeholder: string;
  value: string | undefined;
  onSearch: (search: string | null) => void;
  longest: number;
  /** In pixels, where there is room. */
  width: number;
}) {
  const [typed, setTyped] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  const apply = useDebouncedCallback((text: string) => {
    onSearch(text.trim() === '' ? null : text);
  }, typingPauseMilliseconds);
  // The address can change by itself, by the back button for instance; what is typed follows it.
  if (known !== value) {
    setKnown(value);
    setTyped(value ?? '');
  }
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} />}
      maxLength={longest}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        apply(currentTarget.value);
      }}
      w={{ base: '100%', xs: width }}
    />
  );
}
