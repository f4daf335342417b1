import { parseArgs } from 'node:util'

/** What `docs:export --help` prints, and a wrong command after its mistake. */
export const USAGE = `Usage: npm run docs:export -- --out DIR [options]

Writes the documentation of a connector as a static site: HTML, Markdown, llms.txt and the search.
It says what the server would say with the same environment. Any static host can serve the folder,
also below a path: its links are relative.

  --out DIR         the folder; new, empty, or one that this command has written before
  --connector NAME  a folder below generated/; CONNECTOR or flowtly by default
  --url URL         the origin of the connector that requests in the pages go to, for example
                    https://mcp.example.com; PUBLIC_URL or the listening address by default
  --base URL        where the site will be; llms.txt and Markdown have whole links with it
  --help            show this text

Exit codes: 0 fine, 1 the folder cannot be written, 2 the command or the environment.`

/** The command line was wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What the command was asked to do. */
export type ExportCommand = {
  readonly out: string
  /** `null` leaves it to the environment. */
  readonly connector: string | null
  /** `null` leaves it to the environment. */
  readonly url: string | null
  /** Ends in a slash; `null` where it is not known. */
  readonly base: URL | null
}

const OPTIONS = {
  out: { type: 'string' },
  connector: { type: 'string' },
  url: { type: 'string' },
  base: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what it does not know, and where something is missing
 */
export function parseCommand(argv: readonly string[]): ExportCommand | 'help' {
  const { help, out = '', connector = null, url = null, base = null } = parseOptions(argv)
  if (help) return 'help'
  if (out === '') throw new UsageError('--out needs the folder to write')
  for (const [name, value] of Object.entries({ connector, url, base })) {
    if (value === '') throw new UsageError(`--${name} needs a value`)
  }
  return { out, connector, url, base: base === null ? null : parseBase(base) }
}

function parseBase(text: string): URL {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`)
  const isWeb = url !== null && /^https?:$/.test(url.protocol)
  if (!isWeb || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new UsageError(
      `--base must be an http or https address, such as https://docs.example.com/mcp`,
    )
  }
  return url
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const unknown = /^Unknown option '(--[^']*)'/.exec(reason)?.[1]
    const what = unknown === undefined ? reason.split('\n', 1)[0] : `unknown option ${unknown}`
    throw new UsageError(what, { cause })
  }
}
