import { Anchor, Box, Center, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '#web/app/entrance-layout.module.css';
import { SandboxRibbon } from '#web/app/shell/sandbox-ribbon.tsx';
import { Mark } from '#web/components/mark.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useKnownSession } from '#web/lib/session.ts';

/** The frame of pages outside the shell: the seller's name above, one calm column below. */
export function EntranceLayout({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  const texts = useTexts();
  const session = useKnownSession();
  return (
    <div className={classes['frame']}>
      <Anchor href="#main" className="skip-link">
        {texts.shell.skipToContent}
      </Anchor>
      <SandboxRibbon />
      <Center component="header" pt={{ base: 32, sm: 64 }} pb="xl">
        <Group gap="sm" wrap="nowrap">
          <Text span c="sea" lh={0}>
            <Mark size={30} />
          </Text>
          <Stack gap={0}>
            <Text fw={650} size="lg" lh={1.2}>
              {session?.seller_name ?? texts.common.productName}
            </Text>
          </Stack>
        </Group>
      </Center>
      <Box component="main" id="main" tabIndex={-1} className={classes['column']} maw={wide ? 640 : 416}>
        {children}
      </Box>
    </div>
  );
}
