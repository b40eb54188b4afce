import { Text } from '@mantine/core';
import classes from '#web/app/shell/shell.module.css';
import { IconFlask } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useKnownSession } from '#web/lib/session.ts';

/** Says that no real money moves here, with the ways to the mailbox and the controls. Absent with live keys. */
export function SandboxRibbon() {
  const texts = useTexts().shell;
  if (useKnownSession()?.sandbox !== true) return null;
  return (
    <section className={classes['ribbon']} aria-label={texts.pages.sandbox}>
      <IconFlask size={14} />
      <Text span inherit>
        {texts.sandboxRibbon}
      </Text>
      <TextLink inherit underline="always" to="/sandbox/mailbox">
        {texts.pages.mailbox}
      </TextLink>
      <TextLink inherit underline="always" to="/sandbox">
        {texts.pages.sandbox}
      </TextLink>
    </section>
  );
}
