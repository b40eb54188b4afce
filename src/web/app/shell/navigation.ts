import type { LinkProps } from '@tanstack/react-router';
import type { AccountAction, PlatformAction } from '#shared/contract/access.ts';
import type { Texts } from '#shared/texts/index.ts';
import {
  type Icon,
  IconBilling,
  IconChart,
  IconDashboard,
  IconInvoice,
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
};

/** A section of the sidebar. */
export type NavigationSection = { readonly label: string; readonly destinations: readonly Destination[] };

type Guarded = Destination & { readonly needs: 'account' | 'staff' | AccountAction | PlatformAction };

/** The sidebar for a session: pages that exist and that the reader may see, in sections that are not empty. */
export function navigationFor(session: Session, texts: Texts['shell']): NavigationSection[] {
  const { sections, pages } = texts;
  const all: { label: string; destinations: Guarded[] }[] = [
    {
      label: sections.workflow,
      destinations: [
        { to: '/', label: pages.dashboard, Icon: IconDashboard, key: 'd', needs: 'account' },
        { to: '/playground', label: pages.playground, Icon: IconPlay, key: 'p', needs: 'credits.consume' },
      ],
    },
    {
      label: sections.account,
      destinations: [
        { to: '/account/billing', label: pages.billing, Icon: IconBilling, key: 'b', needs: 'account' },
        { to: '/account/invoices', label: pages.invoices, Icon: IconInvoice, key: 'i', needs: 'invoices.read' },
        { to: '/account/usage', label: pages.usage, Icon: IconChart, key: 'u', needs: 'usage.read' },
      ],
    },
    {
      label: sections.settings,
      destinations: [
        { to: '/settings/integration', label: pages.integration, Icon: IconPlug, key: 'k', needs: 'api_keys.read' },
      ],
    },
    {
      label: sections.admin,
      destinations: [
        { to: '/admin/integration', label: pages.system, Icon: IconServer, key: 's', needs: 'staff' },
        { to: '/admin/credit-costs', label: pages.creditCosts, Icon: IconTag, key: 'c', needs: 'credit_costs.read' },
      ],
    },
  ];
  return all
    .map(({ label, destinations }) => ({ label, destinations: destinations.filter((page) => isOpen(session, page)) }))
    .filter((section) => section.destinations.length > 0);
}

function isOpen(session: Session, { needs }: Guarded): boolean {
  if (needs === 'account') return session.account !== null;
  if (needs === 'staff') return session.user?.staff_role != null;
  return isAllowed(session, needs);
}
