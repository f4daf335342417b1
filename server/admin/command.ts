import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Deployment } from './deployment.ts'
import { UsageError } from './failures.ts'
import type { Result } from './output.ts'
import { suggest } from './suggest.ts'

/** One thing that the operator can do. */
export type Command = {
  /** Its words, for example `orgs activate`. */
  readonly name: string
  /** The words and what follows them, as the help shows it. */
  readonly usage: string
  /** Lines of prose for the help. */
  readonly about: readonly string[]
  /** It makes changes that are put on record: it is refused where nothing can be recorded. */
  readonly isRecorded: boolean
  /**
   * Reads what follows the words.
   *
   * @throws {UsageError} before anything is opened
   */
  readonly prepare: (argv: readonly string[]) => Work
}

/** What a command does once its command line is known to be right. */
export type Work = (deployment: Deployment) => Promise<Result>

type ToParse<Options extends ParseArgsOptionsConfig> = {
  readonly args: string[]
  readonly options: Options
  readonly allowPositionals: true
}

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<ToParse<Options>>>

/** Defines a command; its options decide what its work is given. */
export function defineCommand<const Options extends ParseArgsOptionsConfig>(definition: {
  readonly name: string
  /** What follows the name in the help, for example `ID`. */
  readonly takes: string
  readonly about: readonly string[]
  /** Whether it makes changes that are put on record. */
  readonly isRecorded: boolean
  readonly options: Options
  /** How many words it takes beside its options, at least and at most. */
  readonly operands: readonly [min: number, max: number]
  /** Judges what was given, before anything is opened. @throws {UsageError} */
  readonly prepare: (values: Parsed<Options>['values'], operands: readonly string[]) => Work
}): Command {
  const { name, takes, about, isRecorded, options, operands, prepare } = definition
  const [min, max] = operands
  return {
    name,
    usage: `${name} ${takes}`.trim(),
    about,
    isRecorded,
    prepare(argv) {
      const { values, positionals } = parseStrictly(argv, options)
      const extra = positionals[max]
      if (extra !== undefined) throw new UsageError(`"${name}" takes no ${JSON.stringify(extra)}`)
      if (positionals.length < min) throw new UsageError(`"${name}" needs ${takes}`)
      return prepare(values, positionals)
    },
  }
}

/** The value of an option that a command cannot do without. @throws {UsageError} */
export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`${name} is required`)
  return value
}

function parseStrictly<const Options extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Options,
): Parsed<Options> {
  try {
    const args = arrange(argv, options)
    return parseArgs<ToParse<Options>>({ args, options, allowPositionals: true })
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    const reason = String(cause).replace(/^[^:]*: /, '')
    const unknown = /^Unknown option '(--[^']*)'/.exec(reason)?.[1]
    if (unknown === undefined) throw new UsageError(reason.split('\n', 1)[0], { cause })
    const known = [...Object.keys(options), 'json', 'help'].map((name) => `--${name}`)
    throw new UsageError(`unknown option ${unknown}${suggest(unknown, known)}`, { cause })
  }
}

/**
 * Options first, each with its value, then the other words: there are no options of one dash, and
 * ids may begin with one, which `parseArgs` would take apart.
 */
function arrange(argv: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const end = argv.indexOf('--')
  const words = end < 0 ? [...argv] : argv.slice(0, end)
  const operands = end < 0 ? [] : argv.slice(end + 1)
  const given: string[] = []
  const free: string[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('--')) free.push(word)
    else if (options[word.slice(2)]?.type !== 'string') given.push(word)
    else if (words[0] === undefined || words[0].startsWith('--'))
      throw new UsageError(`${word} needs a value`)
    else given.push(`${word}=${words.shift() ?? ''}`)
  }
  const all = [...free, ...operands]
  const isEmpty = given.some((option) => /^--[a-z-]+=$/.test(option)) || all.includes('')
  if (isEmpty) throw new UsageError('an empty value says nothing')
  return [...given, '--', ...all]
}
