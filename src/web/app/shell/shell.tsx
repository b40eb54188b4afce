import { Anchor, AppShell, Burger, Kbd, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { AccountSwitcher } from '#web/app/shell/account-switcher.tsx';
import { CommandPalette } from '#web/app/shell/command-palette.tsx';
import { SandboxRibbon } from '#web/app/shell/sandbox-ribbon.tsx';
import classes from '#web/app/shell/shell.module.css';
import { Shortcuts } from '#web/app/shell/shortcuts.tsx';
import { Sidebar } from '#web/app/shell/sidebar.tsx';
import { UserMenu } from '#web/app/shell/user-menu.tsx';
import { VerifyEmailBanner } from '#web/app/shell/verify-email-banner.tsx';
import { IconSearch } from '#web/components/icons.tsx';
import { Mark } from '#web/components/mark.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

const barHeight = 56;
const ribbonHeight = 33;

/** The frame of every page of somebody signed in: sidebar, header, and the page. */
export function Shell() {
  const texts = useTexts().shell;
  const session = useSession();
  const [menuOpen, menu] = useDisclosure(false);
  const [sheetOpen, sheet] = useDisclosure(false);
  return (
    <AppShell
      layout="alt"
      header={{ height: barHeight + (session.sandbox ? ribbonHeight : 0) }}
      navbar={{ width: 256, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <Anchor href="#main" className="skip-link">
        {texts.skipToContent}
      </Anchor>
      <AppShell.Header className={classes['header'] ?? ''}>
        <SandboxRibbon />
        <div className={classes['bar']}>
          <Burger opened={menuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={texts.openMenu} />
          <SearchButton />
          <div className={classes['spring']} />
          <UserMenu onShortcuts={sheet.open} />
        </div>
      </AppShell.Header>
      <AppShell.Navbar
        className={classes['navbar'] ?? ''}
        aria-label={texts.navigation}
        data-closed={!menuOpen || undefined}
      >
        <div className={classes['bar']}>
          <Brand />
          <div className={classes['spring']} />
          <Burger opened onClick={menu.close} hiddenFrom="sm" size="sm" aria-label={texts.closeMenu} />
        </div>
        {session.accounts.length > 0 && (
          <div className={classes['switcherPlace']}>
            <AccountSwitcher />
          </div>
        )}
        <AppShell.Section grow component={ScrollArea} px={12} pb="md">
          <Sidebar onFollow={menu.close} />
        </AppShell.Section>
      </AppShell.Navbar>
      <PageArea>
        <VerifyEmailBanner />
        <Outlet />
      </PageArea>
      <CommandPalette onShortcuts={sheet.open} />
      <Shortcuts opened={sheetOpen} onOpen={sheet.open} onClose={sheet.close} />
    </AppShell>
  );
}

/** The page itself. A new page takes the focus, so that a screen reader begins to read there. */
function PageArea({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes['main'] ?? ''}>
      <div className={classes['page']}>{children}</div>
    </AppShell.Main>
  );
}

function Brand() {
  const { seller_name: sellerName } = useSession();
  return (
    <Link to="/" className={classes['brand'] ?? ''}>
      <Text span c="sea" lh={0}>
        <Mark size={26} />
      </Text>
      <Text span fw={650} truncate>
        {sellerName}
      </Text>
    </Link>
  );
}

function SearchButton() {
  const texts = useTexts().shell;
  return (
    <UnstyledButton className={classes['searchButton'] ?? ''} onClick={spotlight.open}>
      <IconSearch size={16} />
      <span className={classes['spring']}>{texts.search}</span>
      <Kbd size="xs" visibleFrom="sm">
        {modifierKey()} K
      </Kbd>
    </UnstyledButton>
  );
}

function modifierKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}
