import { Button, Card, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconBank, IconPlus, IconSearch } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { OptionDialog, type OptionTarget } from './option-dialog.tsx';
import { OptionGroupSection } from './option-group.tsx';
import { useOptionWords } from './option-words.ts';
import { optionGroups, optionsQuery } from './options.ts';

/** /admin/payment-methods: for staff, the ways to pay of every country. */
export function OptionsPage() {
  const texts = useTexts().paymentOptions;
  const mayManage = useIsAllowed('payment_options.manage');
  const [target, setTarget] = useState<OptionTarget | null>(null);
  const listed = useQuery(optionsQuery());
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setTarget({ country: undefined })}>
      {texts.add}
    </Button>
  );
  const isEmpty = listed.data?.data.length === 0;
  return (
    <>
      <PageHeader title={texts.title} description={texts.description} actions={isEmpty ? undefined : add} />
      {listed.isPending && (
        <Stack gap="lg">
          <CardSkeleton lines={3} />
          <CardSkeleton lines={3} />
        </Stack>
      )}
      {listed.isError && <ErrorState error={listed.error} onRetry={() => void listed.refetch()} />}
      {isEmpty && (
        <Card>
          <EmptyState Icon={IconBank} title={texts.emptyTitle} detail={texts.empty} action={add} />
        </Card>
      )}
      {listed.data !== undefined && !isEmpty && <Groups listed={listed.data} onTarget={setTarget} />}
      <OptionDialog
        target={target}
        options={listed.data?.data ?? []}
        presets={listed.data?.presets ?? []}
        onClose={() => setTarget(null)}
      />
    </>
  );
}

function Groups({
  listed,
  onTarget,
}: {
  listed: ApiResult<'listPaymentOptions'>;
  onTarget: (target: OptionTarget) => void;
}) {
  const texts = useTexts().paymentOptions;
  const { search } = useSearch({ from: '/house/admin/payment-methods' });
  const navigate = useNavigate();
  const words = useOptionWords();
  const groups = optionGroups(listed.data, search, words.country);
  const find = (text: string) =>
    void navigate({
      to: '/admin/payment-methods',
      search: text.trim() === '' ? {} : { search: text },
      replace: true,
    });
  return (
    <Stack gap="lg">
      <SearchInput search={search} onSearch={find} />
      {groups.length === 0 && (
        <Card>
          <EmptyState
            Icon={IconSearch}
            title={texts.noMatchTitle}
            detail={texts.noMatch}
            action={
              <Button variant="default" onClick={() => find('')}>
                {texts.clearSearch}
              </Button>
            }
          />
        </Card>
      )}
      {groups.map((group) => (
        <OptionGroupSection
          key={group.country ?? ''}
          group={group}
          all={listed.data.filter(({ country }) => country === group.country)}
          onTarget={onTarget}
        />
      ))}
    </Stack>
  );
}

const typingPauseMilliseconds = 200;

function SearchInput({ search, onSearch }: { search: string | undefined; onSearch: (text: string) => void }) {
  const texts = useTexts().paymentOptions;
  const [typed, setTyped] = useState(search ?? '');
  const [known, setKnown] = useState(search);
  const apply = useDebouncedCallback(onSearch, typingPauseMilliseconds);
  // The address can change by itself, by the back button for instance; what is typed follows it.
  if (known !== search) {
    setKnown(search);
    setTyped(search ?? '');
  }
  return (
    <TextInput
      type="search"
      label={texts.search}
      placeholder={texts.searchPlaceholder}
      leftSection={<IconSearch size={16} />}
      maxLength={60}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        apply(currentTarget.value);
      }}
      w={{ base: '100%', xs: 320 }}
    />
  );
}
