import { ConfigError, readConfig } from '../config.ts'
import { StoreError } from '../store/store-error.ts'
import { auditCommands } from './audit.ts'
import { createAskSecrets, type SecretInput } from './ask-secrets.ts'
import { clientsCommands } from './clients.ts'
import type { Command } from './command.ts'
import { databaseCommands } from './database.ts'
import { createDeployment } from './deployment.ts'
import { Refusal, UsageError } from './failures.ts'
import { grantsCommands } from './grants.ts'
import { renderHelp } from './help.ts'
import { keysCommands } from './keys.ts'
import { maintenanceCommands } from './maintenance.ts'
import { orgsCommands } from './orgs.ts'
import { renderJson } from './output.ts'
import { suggest } from './suggest.ts'
import { toolsCommands } from './tools.ts'

const COMMANDS = [
  ...orgsCommands,
  ...grantsCommands,
  ...keysCommands,
  ...clientsCommands,
  ...toolsCommands,
  ...maintenanceCommands,
  ...databaseCommands,
  ...auditCommands,
]
const REFUSED = 1
const WRONG = 2

/** Where a command's words come from and go to. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly input: SecretInput
  /** A promise that it returns is waited for, so that long output does not pile up. */
  readonly print: (text: string) => unknown
  /** Explanations and mistakes, which no pipe should carry on. */
  readonly explain: (text: string) => void
  /** Questions, which the answer follows in the same line. */
  readonly prompt: (text: string) => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Runs one command line. @returns the exit code: 0 fine, 1 refused, 2 the command was wrong */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print, explain } = surroundings
  const help = renderHelp(COMMANDS)
  if (isAsked(argv, '--help') || isAsked(argv, '-h') || argv[0] === 'help') {
    print(help)
    return 0
  }
  try {
    return (await runCommand(argv, surroundings)) ? 0 : REFUSED
  } catch (error) {
    if (error instanceof NoCommand) {
      explain(`error: ${error.message}\n\n${help}`)
      return WRONG
    }
    const isWrong = [UsageError, ConfigError, StoreError].some((each) => error instanceof each)
    if (!isWrong && !(error instanceof Refusal)) throw error
    explain(`error: ${describe(error)}`)
    return isWrong ? WRONG : REFUSED
  }
}

/** @returns whether everything is as it should be */
async function runCommand(
  argv: readonly string[],
  { env, input, print, explain, prompt, now }: Surroundings,
): Promise<boolean> {
  const command = findCommand(argv)
  const isJson = isAsked(argv, '--json')
  const rest = argv.slice(2)
  const work = command.prepare(isJson ? rest.toSpliced(rest.indexOf('--json'), 1) : rest)
  const askSecrets = createAskSecrets({ input, prompt })
  const deployment = createDeployment({
    ...{ config: readConfig(env), askSecrets, now },
    isRecorded: command.isRecorded,
  })
  try {
    const { json, lines, notes, facts, stream, isRefused = false } = await work(deployment)
    deployment.record(facts)
    if (stream === undefined) {
      const text = isJson ? renderJson(json) : lines.join('\n')
      if (text !== '') print(text)
    } else {
      for await (const line of stream) await print(line)
    }
    for (const note of [...notes, ...(await deployment.announce())]) explain(note)
    return !isRefused
  } finally {
    await deployment.close()
  }
}

/** There is nothing to do, or nothing of that name: here the help helps. */
class NoCommand extends UsageError {}

function findCommand(argv: readonly string[]): Command {
  const [topic = '', verb = ''] = argv
  const found = COMMANDS.find(({ name }) => name === `${topic} ${verb}`)
  if (found !== undefined) return found
  if (topic === '') throw new NoCommand('no command')
  const names = COMMANDS.map(({ name }) => name)
  const ofTopic = names.filter((name) => name.startsWith(`${topic} `))
  const words = `${topic} ${verb.startsWith('-') ? '' : verb}`.trim()
  if (ofTopic.length > 0 && words === topic) {
    throw new UsageError(`${JSON.stringify(topic)} alone does nothing: ${ofTopic.join(', ')}`)
  }
  const hint = suggest(words, names)
  const text = `unknown command ${JSON.stringify(words)}${hint}`
  throw hint === '' ? new NoCommand(text) : new UsageError(text)
}

/** Before `--` only: what follows it is a value. */
function isAsked(argv: readonly string[], option: string): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes(option)
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.report()
  return error instanceof Error ? error.message : String(error)
}
