import { Code } from '@mantine/core';
import { CopyButton } from '#web/components/copy-button.tsx';
import { Section } from '#web/components/section.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { OperationUse } from './operation-use.ts';

/** What the form does, as a request to this very install. */
export function PlaygroundRequest({ use }: { use: OperationUse | null }) {
  const texts = useTexts().playground;
  if (use === null) return null;
  const command = [
    `curl ${window.location.origin}${endpointUrl('consumeCredits')}`,
    `-H 'Authorization: Bearer purser_…'`,
    `-H "Idempotency-Key: $(uuidgen)"`,
    `-H 'Content-Type: application/json'`,
    `-d ${shellQuoted(JSON.stringify(use))}`,
  ].join(' \\\n  ');
  return (
    <Section
      title={texts.request}
      description={texts.requestDetail}
      actions={<CopyButton value={command} what={texts.copyRequest} />}
    >
      <Code block tabIndex={0}>
        {command}
      </Code>
    </Section>
  );
}

/** A text as one word of a shell, whatever is in it. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
