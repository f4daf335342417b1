import { parseArgs } from 'node:util'
import { findJobs, type Job } from './jobs.ts'
import { didYouMean } from './nearest.ts'

/** What `generate --help` prints, and a wrong command after its mistake. */
export const GENERATE_USAGE = `Usage: npm run generate [-- options]

Turns an OpenAPI document and its allow-list into the tools of a connector.
Without --spec, every folder below specs/ is generated.

  --spec FILE      the document (OpenAPI 3 or Swagger 2.0, YAML or JSON), or its https URL;
                   needs --allow
  --allow FILE     the allow-list; needs --spec
  --out DIR        the connector's folder; generated/<connector> by default
  --check          write nothing; exit 1 and tell what differs
  --fail-on CLASS  exit 1 only for changes that are breaking, risky or worse, any, or none;
                   any with --check, otherwise none
  --report clients tell how every client takes the tools, and how many tokens they are
  --format FORMAT  text (default), json or markdown
  --help           show this text

Exit codes: 0 fine, 1 the document, the allow-list or drift, 2 the command.`

/** What `sync --help` prints, and a wrong command after its mistake. */
export const SYNC_USAGE = `Usage: npm run sync [-- options]

Fetches the document of every folder below specs/ from the "url" of its source.json, if it
changed there, and generates the connectors again. A document that is not for everybody has
the name of a "header" there, too; DOCUMENT_CREDENTIAL in the environment is what it holds.

  --check          write nothing; exit 1 and tell what differs
  --fail-on CLASS  exit 1 only for changes that are breaking, risky or worse, any, or none;
                   any with --check, otherwise none
  --format FORMAT  text (default), json or markdown
  --help           show this text

Exit codes: 0 fine, 1 the document, the allow-list or drift, 2 the command.`

/** The formats of a report. */
export const FORMATS = ['text', 'json', 'markdown'] as const
/** One of the formats of a report. */
export type Format = (typeof FORMATS)[number]

/** What ends a run with 1: changes of this class or a worse one, any difference, or none. */
export const FAIL_ON = ['breaking', 'risky', 'any', 'none'] as const
/** One of the limits of what a run lets pass. */
export type FailOn = (typeof FAIL_ON)[number]

/** The command line was wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What the command was asked to do. */
export type Command = {
  readonly jobs: readonly Job[]
  /** Every connector is generated, so that a folder without one is stale. */
  readonly all: boolean
  readonly check: boolean
  readonly failOn: FailOn
  readonly report: ReportWish | null
  readonly format: Format
}

/** What can be reported beside the changes. */
const REPORTS = ['clients'] as const
/** One of the reports. */
export type ReportWish = (typeof REPORTS)[number]

const OPTIONS = {
  spec: { type: 'string' },
  allow: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean', default: false },
  'fail-on': { type: 'string' },
  report: { type: 'string' },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what it does not know, or what does not go together
 */
export function parseCommand(argv: readonly string[]): Command | 'help' {
  const { values } = parseOptions(argv)
  if (values.help) return 'help'
  const { spec, allow, out, check, format: wish } = values
  const format = chooseFrom(FORMATS, 'format', wish)
  const report = values.report === undefined ? null : chooseFrom(REPORTS, 'report', values.report)
  const failOn = chooseFrom(FAIL_ON, 'fail-on', values['fail-on'] ?? (check ? 'any' : 'none'))
  for (const [name, value] of Object.entries({ spec, allow, out })) {
    if (value === '') throw new UsageError(`--${name} needs a value`)
  }
  if (spec === undefined && allow === undefined) {
    if (out !== undefined) throw new UsageError('--out needs --spec and --allow')
    return { jobs: findJobs(), all: true, check, failOn, report, format }
  }
  if (spec === undefined) throw new UsageError('--allow needs --spec')
  if (allow === undefined) throw new UsageError('--spec needs --allow')
  return {
    jobs: [{ spec, bytes: null, allow, out: out ?? null }],
    all: false,
    check,
    failOn,
    report,
    format,
  }
}

function chooseFrom<Word extends string>(known: readonly Word[], name: string, wish: string): Word {
  const word = known.find((each) => each === wish)
  if (word !== undefined) return word
  throw new UsageError(`--${name} must be ${known.join(', ')}; got ${JSON.stringify(wish)}`)
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const unknown = /^Unknown option '--([^']*)'/.exec(reason)?.[1]
    if (unknown === undefined) throw new UsageError(reason.split('\n', 1)[0], { cause })
    const hint = didYouMean(unknown, Object.keys(OPTIONS)) ?? ''
    throw new UsageError(`unknown option --${unknown} ${hint}`.trim(), { cause })
  }
}
