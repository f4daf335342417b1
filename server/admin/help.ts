import type { Command } from './command.ts'

/** Renders the one help text. */
export function renderHelp(commands: readonly Command[]): string {
  const entries = commands.flatMap(({ usage, about }) => [
    `  ${usage}`,
    ...about.map((line) => `      ${line}`),
  ])
  return [
    'Usage: npm run admin -- COMMAND [options]',
    '',
    'Works on a deployment while it runs, with the environment of its server: the same DATABASE_URL',
    'and CONNECTOR, and for "keys" UPSTREAM_URL. Every change is put on record, which needs SECRET_KEY',
    'and an AUDIT_SPOOL that can be written: without them nothing is changed. Changes count from the',
    'next request on, switches and limits within two seconds, on every server.',
    '',
    ...entries,
    '',
    '  --json   print results as JSON',
    '  --help   show this text',
    '',
    'Exit codes: 0 fine, 1 it does not exist or was refused, 2 the command or the environment.',
  ].join('\n')
}
