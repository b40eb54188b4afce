import type { LinkProps } from '@tanstack/react-router';
import type { AccountAction, PlatformAction } from '#shared/contract/access.ts';
import type { Texts } from '#shared/texts/index.ts';
import {
  type Icon,
  IconBilling,
  IconChart,
  IconDashboard,
  IconInvoice,
  IconBank,
  IconInbox,
  IconPlay,
  IconPlug,
  IconServer,
  IconTag,
} from '#web/components/icons.tsx';
import { isAllowed, type Session } from '#web/lib/session.ts';

/** A page the sidebar, the palette and the shortcuts lead to. */
export type Destination = {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: string;
  readonly Icon: Icon;
  /** The key that, after `g`, goes there. */
  readonly key: string;
  /** What waits there for a person, to be counted beside its name. */
  readonly counts?: 'waiting_payments';
};

/** Pages of the sidebar that belong together under a name. */
export type DestinationGroup = {
  readonly label: string;
  readonly Icon: Icon;
  readonly destinations: readonly Destination[];
};

/** A section of the sidebar. */
export type NavigationSection = {
  readonly label: string;
  readonly entries: readonly (Destination | DestinationGroup)[];
};

type Guarded = Destination & { readonly needs: 'account' | 'staff' | AccountAction | PlatformAction };
type GuardedGroup = Omit<DestinationGroup, 'destinations'> & { readonly destinations: readonly Guarded[] };

/** The sidebar for a session: pages that exist and that the reader may see, in sections that are not empty. */
export function navigationFor(session: Session, texts: Texts['shell']): NavigationSection[] {
  const { sections, pages } = texts;
  const all: { label: string; entries: (Guarded | GuardedGroup)[] }[] = [
    {
      label: sections.workflow,
      entries: [
        { to: '/', label: pages.dashboard, Icon: IconDashboard, key: 'd', needs: 'account' },
        { to: '/playground', label: pages.playground, Icon: IconPlay, key: 'p', needs: 'credits.consume' },
      ],
    },
    {
      label: sections.account,
      entries: [
        { to: '/account/billing', label: pages.billing, Icon: IconBilling, key: 'b', needs: 'account' },
        { to: '/account/invoices', label: pages.invoices, Icon: IconInvoice, key: 'i', needs: 'invoices.read' },
        { to: '/account/usage', label: pages.usage, Icon: IconChart, key: 'u', needs: 'usage.read' },
      ],
    },
    {
      label: sections.settings,
      entries: [
        { to: '/settings/integration', label: pages.integration, Icon: IconPlug, key: 'k', needs: 'api_keys.read' },
      ],
    },
    {
      label: sections.admin,
      entries: [
        { to: '/admin/integration', label: pages.system, Icon: IconServer, key: 's', needs: 'staff' },
        { label: sections.billing, Icon: IconBilling, destinations: staffBilling(pages) },
      ],
    },
  ];
  return all
    .map(({ label, entries }) => ({ label, entries: entries.flatMap((entry) => openEntries(session, entry)) }))
    .filter((section) => section.entries.length > 0);
}

/** Every page of a section, those in groups as well. */
export function destinationsOf({ entries }: NavigationSection): Destination[] {
  return entries.flatMap((entry) => ('destinations' in entry ? entry.destinations : [entry]));
}

function staffBilling(pages: Texts['shell']['pages']): Guarded[] {
  return [
    {
      to: '/admin/payments',
      label: pages.payments,
      Icon: IconInbox,
      key: 'y',
      needs: 'payments.read_all',
      counts: 'waiting_payments',
    },
    { to: '/admin/credit-costs', label: pages.creditCosts, Icon: IconTag, key: 'c', needs: 'credit_costs.read' },
    {
      to: '/admin/payment-methods',
      label: pages.paymentMethods,
      Icon: IconBank,
      key: 'm',
      needs: 'payment_options.read_all',
    },
  ];
}

function openEntries(session: Session, entry: Guarded | GuardedGroup): (Destination | DestinationGroup)[] {
  if (!('destinations' in entry)) return isOpen(session, entry) ? [entry] : [];
  const destinations = entry.destinations.filter((page) => isOpen(session, page));
  return destinations.length === 0 ? [] : [{ ...entry, destinations }];
}

function isOpen(session: Session, { needs }: Guarded): boolean {
  if (needs === 'account') return session.account !== null;
  if (needs === 'staff') return session.user?.staff_role != null;
  return isAllowed(session, needs);
}
