import { Anchor, Group, Text } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import classes from '#web/app/sandbox-layout.module.css';
import { SandboxRibbon } from '#web/app/shell/sandbox-ribbon.tsx';
import { TextLink } from '#web/components/links.tsx';
import { Mark } from '#web/components/mark.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

/** The frame of the sandbox's own pages, which need nobody to be signed in. */
export function SandboxLayout() {
  const { sandbox: texts, shell } = useTexts();
  const { seller_name: sellerName } = useSession();
  return (
    <div>
      <Anchor href="#main" className="skip-link">
        {shell.skipToContent}
      </Anchor>
      <header>
        <SandboxRibbon />
        <div className={classes['bar']}>
          <Link to="/" className={classes['brand'] ?? ''}>
            <Text span c="sea" lh={0}>
              <Mark size={26} />
            </Text>
            <Text span fw={650} truncate>
              {sellerName}
            </Text>
          </Link>
          <Group component="nav" aria-label={texts.navigation} gap="lg" ms="auto">
            <TextLink to="/" size="sm">
              {texts.toApp}
            </TextLink>
          </Group>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes['main']}>
        <Outlet />
      </main>
    </div>
  );
}
