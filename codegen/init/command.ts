import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../command.ts'
import { isUrl } from '../document/is-url.ts'
import { didYouMean } from '../nearest.ts'

/** What `init --help` prints, and a wrong command after its mistake. */
export const INIT_USAGE = `Usage: npm run init -- --spec FILE|URL [options]

Proposes a connector for an OpenAPI document: which of its reads become tools, under which
names, and how the upstream is signed in to. Asks, unless it is told to take what it proposes,
and writes a folder below specs/ that "npm run generate" generates at once.

  --spec FILE|URL  the document (OpenAPI 3 or Swagger 2.0, YAML or JSON)
  --out DIR        the folder to write, which must not be there yet; specs/<name> by default
  --header NAME    for a URL that is not for everybody: the header that what is in
                   DOCUMENT_CREDENTIAL is sent in, now and by "npm run sync"
  --yes            ask nothing
  --help           show this text

Exit codes: 0 fine, 1 the document, 2 the command, or that nothing was to be written.`

/** What the command was asked to do. */
export type InitCommand = {
  readonly spec: string
  /** `null` is a folder of the connector's own name below `specs/`. */
  readonly out: string | null
  /** The header that the document's credential is sent in; `null` where everybody may fetch it. */
  readonly header: string | null
  readonly yes: boolean
}

const OPTIONS = {
  spec: { type: 'string' },
  out: { type: 'string' },
  header: { type: 'string' },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what it does not know, or what is missing
 */
export function parseInitCommand(argv: readonly string[]): InitCommand | 'help' {
  const { help, spec, out = null, header = null, yes } = parseOptions(argv)
  if (help) return 'help'
  if (spec === undefined) throw new UsageError('--spec is missing; name the document')
  if (spec === '') throw new UsageError('--spec needs a value')
  if (out === '') throw new UsageError('--out needs a value')
  if (out !== null && basename(resolve(out)) === '') {
    throw new UsageError(`--out must be a folder of its own, such as ${join('specs', 'acme')}`)
  }
  if (header !== null && !/^[A-Za-z0-9-]+$/.test(header)) {
    throw new UsageError('--header must be the name of a header')
  }
  if (header !== null && !isUrl(spec)) throw new UsageError('--header needs a URL for --spec')
  return { spec, out, header, yes }
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const unknown = /^Unknown option '--([^']*)'/.exec(reason)?.[1]
    if (unknown === undefined) throw new UsageError(reason.split('\n', 1)[0], { cause })
    const hint = didYouMean(unknown, Object.keys(OPTIONS)) ?? ''
    throw new UsageError(`unknown option --${unknown} ${hint}`.trim(), { cause })
  }
}
