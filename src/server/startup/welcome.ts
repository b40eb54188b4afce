import type { Config } from '../platform/config/index.ts';
import { demoLogins, demoPassword } from '../seed/sample-people.ts';

/** What the operator reads when Purser runs. */
export function welcome(config: Config, publicUrl: string): string {
  const lines = [`Purser runs at ${publicUrl}`];
  if (config.sandbox) {
    lines.push(
      '',
      'Sandbox: no real money moves. Pay with the card 4242 4242 4242 4242.',
      ...(config.databaseUrl === null
        ? [
            `Customer   ${demoLogins.owner}   password ${demoPassword}`,
            `Staff      ${demoLogins.staff}   password ${demoPassword}`,
          ]
        : []),
      `Mailbox    ${publicUrl}/sandbox/mailbox`,
      `Controls   ${publicUrl}/sandbox`,
    );
  }
  lines.push(`API        ${publicUrl}/docs/api`, '', 'Ctrl-C stops it; nothing is lost.');
  return `\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
