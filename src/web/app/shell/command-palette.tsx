import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { destinationsOf, navigationFor } from '#web/app/shell/navigation.ts';
import { useSignOut } from '#web/features/auth/use-sign-out.ts';
import {
  IconBilling,
  IconCredits,
  IconExternal,
  IconInvoice,
  IconKeyboard,
  IconSearch,
  IconSignOut,
} from '#web/components/icons.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed, useSession } from '#web/lib/session.ts';

const typingPauseMilliseconds = 200;

/** `words` are found too, without being shown. */
type PaletteAction = { id: string; label: string; words?: string; icon: ReactNode; run: () => void };

/** Pages, actions and invoices behind Ctrl+K or ⌘K. */
export function CommandPalette({ onShortcuts }: { onShortcuts: () => void }) {
  const texts = useTexts().shell;
  const [query, setQuery] = useState('');
  const groups = [
    { label: texts.searchPages, actions: matching(usePages(), query) },
    { label: texts.searchActions, actions: matching(useActions(onShortcuts), query) },
    { label: texts.searchInvoices, actions: useInvoices(query) },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      clearQueryOnClose
      maxHeight={420}
      scrollable
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      attributes={{ content: { 'aria-label': texts.search } }}
    >
      <Spotlight.Search placeholder={texts.searchHint} aria-label={texts.searchHint} leftSection={<IconSearch />} />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.actions.map((action) => (
              <Spotlight.Action key={action.id} label={action.label} leftSection={action.icon} onClick={action.run} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{texts.searchNothing}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function usePages(): PaletteAction[] {
  const texts = useTexts().shell;
  const session = useSession();
  const navigate = useNavigate();
  return navigationFor(session, texts).flatMap((section) =>
    destinationsOf(section).map(({ to, label, Icon }) => ({
      id: to,
      label,
      icon: <Icon />,
      run: () => void navigate({ to }),
    })),
  );
}

function useActions(onShortcuts: () => void): PaletteAction[] {
  const texts = useTexts().shell;
  const signOut = useSignOut();
  const navigate = useNavigate();
  const mayPurchase = useIsAllowed('credits.purchase');
  const seesMethods = useIsAllowed('saved_methods.read');
  const methods = {
    id: 'saved-methods',
    label: texts.savedMethods,
    words: texts.savedMethodsWords,
    icon: <IconBilling />,
    run: () => void navigate({ to: '/account/billing', search: { tab: 'methods' } }),
  };
  const purchase = {
    id: 'purchase',
    label: texts.pages.purchase,
    words: texts.purchaseWords,
    icon: <IconCredits />,
    run: () => void navigate({ to: '/account/credits/purchase' }),
  };
  return [
    ...(mayPurchase ? [purchase] : []),
    ...(seesMethods ? [methods] : []),
    { id: 'shortcuts', label: texts.shortcuts, icon: <IconKeyboard />, run: onShortcuts },
    {
      id: 'documentation',
      label: texts.pages.documentation,
      icon: <IconExternal />,
      run: () => window.open('/docs/api', '_blank', 'noopener'),
    },
    { id: 'sign-out', label: texts.signOut, icon: <IconSignOut />, run: () => signOut.mutate() },
  ];
}

/** Invoices whose number holds what was typed, asked from the server when the typing pauses. */
function useInvoices(query: string): PaletteAction[] {
  const navigate = useNavigate();
  const format = useFormat();
  const mayRead = useIsAllowed('invoices.read');
  const [typed] = useDebouncedValue(query.trim(), typingPauseMilliseconds);
  const isNumber = /\d/.test(typed) || /^inv/i.test(typed);
  const { data } = useQuery({
    ...endpointQuery('listInvoices', { query: { search: typed.slice(0, 40), limit: 6 } }),
    enabled: mayRead && isNumber,
  });
  if (data === undefined || query.trim() === '' || !isNumber) return [];
  return data.data.map((invoice) => ({
    id: invoice.id,
    label: [invoice.number, format.money(moneyFromWire(invoice.total, invoice.currency))].join(' · '),
    icon: <IconInvoice />,
    run: () => void navigate({ to: '/account/invoices', search: { invoice: invoice.id } }),
  }));
}

function matching(actions: PaletteAction[], query: string): PaletteAction[] {
  const words = query.toLowerCase().split(/\s+/);
  return actions.filter((action) => {
    const text = `${action.label} ${action.words ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
