import type { Identity } from '../../access/identity.ts'
import { toIntentTool, type Intent } from '../../intents/contract.ts'
import { createManager, type ReadAnswer } from '../../intents/manager.ts'
import { ReductionError } from '../../intents/reduce/reduction-error.ts'
import { createIntentRunner, type RunIntent } from '../../intents/run-intent.ts'
import { StepError } from '../../intents/step-error.ts'
import { writeRun } from '../../intents/write-run.ts'
import { scopeOf } from '../../scopes.ts'
import type { Switchboard } from '../../switches/switchboard.ts'
import type { UpstreamClient } from '../../upstream/client.ts'
import { ArgumentRefused, UpstreamFailure } from '../../upstream/failure.ts'
import { describeIssues } from '../argument-report.ts'
import type { ReadTool } from '../call-tool.ts'
import { cutValue } from '../cut-value.ts'
import { parseLossless } from '../lossless-json.ts'
import { defineOwnTool, type OwnCall, type OwnTool } from '../own-tool.ts'
import type { Session } from '../session.ts'
import { textAnswer, type ToolAnswer } from '../tool-answer.ts'
import type { Connector } from '../tool.ts'
import { toIntentInput } from './intent-input.ts'
import { parseAnswer } from './parse-answer.ts'

/** Examples of a question that a tool's description repeats. */
const MAX_UTTERANCES = 3

/** What the tools of intents are made of. */
export type IntentToolOptions = {
  readonly connector: Pick<Connector, 'intents' | 'namespaces' | 'tools'>
  readonly switchboard: Pick<Switchboard, 'isOff'>
  readonly upstream: Pick<UpstreamClient, 'startDeadline'>
  /** Each read that it makes is on record. */
  readonly read: ReadTool
  readonly readContext: (session: Session) => Promise<Readonly<Record<string, unknown>>>
  /** Of what a result shows as text, at least 1,000. */
  readonly maxChars: number
}

/** Makes a tool of each intent that is offered as one: `insights.NAME`. */
export function intentTools(options: IntentToolOptions): readonly OwnTool[] {
  const { connector, read, readContext } = options
  const readAnswer: ReadAnswer = async (session, tool, prepared) =>
    parseAnswer(await read(session, tool, prepared))
  const managers = connector.namespaces.map(({ name }) =>
    createManager(name, { tools: connector.tools, read: readAnswer }),
  )
  const run = createIntentRunner({ managers, readContext })
  return connector.intents
    .filter(({ tool }) => tool)
    .map((intent) => toOwnTool(intent, run, options))
}

function toOwnTool(intent: Intent, run: RunIntent, options: IntentToolOptions): OwnTool {
  const name = toIntentTool(intent.name)
  const scopes = [...new Set(intent.steps.map(({ tool }) => scopeOf(tool)))].sort()
  return defineOwnTool({
    ...{ name, title: intent.title, description: describe(intent), pinned: intent.pinned },
    describeCall: () => ({ tool: name, scopes }),
    isShownTo: ({ scopes: own }: Identity) =>
      own === null || scopes.every((scope) => own.includes(scope)),
    isOff: (organizationId) =>
      intent.steps.some(({ tool }) => options.switchboard.isOff(organizationId, tool)),
    input: toIntentInput(intent),
    answer: (call) => answerIntent(intent, call, run, options),
  })
}

function describe({ description, utterances }: Intent): string {
  const examples = utterances.slice(0, MAX_UTTERANCES).map((each) => JSON.stringify(each))
  return `${description}\nAnswers ${examples.join(', ')}.`
}

/** All of it together has the time of one call. Once it is over, no read of it is under way. */
async function answerIntent(
  intent: Intent,
  { session, args }: OwnCall<Readonly<Record<string, unknown>>>,
  run: RunIntent,
  { connector, upstream, maxChars }: IntentToolOptions,
): Promise<ToolAnswer> {
  const deadline = upstream.startDeadline(session.signal)
  try {
    const answered = await run(intent, args, { ...session, signal: deadline.signal })
    const text = writeRun(intent, answered, maxChars)
    if (text.length <= maxChars) return textAnswer(text)
    return textAnswer(cutValue(parseLossless(text), maxChars).text)
  } catch (error) {
    const text = describeRefusal(intent, error, connector)
    if (text === null) throw toFailure(session, error)
    session.trail.isToolError = true
    session.trail.reason = 'invalid_arguments'
    return { kind: 'result', result: { content: [{ type: 'text', text }], isError: true } }
  } finally {
    deadline.end()
  }
}

/** What other arguments may mend, in words; `null` for anything else. */
function describeRefusal(
  { name }: Intent,
  error: unknown,
  { tools }: Pick<Connector, 'tools'>,
): string | null {
  const begin = `Invalid arguments for ${toIntentTool(name)}:`
  if (error instanceof ReductionError && error.reason !== 'no_number') {
    return `${begin}\n- ${error.message}: ask more narrowly`
  }
  if (!(error instanceof StepError)) return null
  const { step, trouble, cause } = error
  if (trouble.kind === 'arguments') {
    const tool = tools.find((each) => each.name === step.tool)
    const inputSchema = tool?.inputSchema ?? {}
    const text = describeIssues({ name: step.tool, inputSchema }, trouble.issues)
    return `${begin} its step ${JSON.stringify(step.step)} could not ask for that.\n${text}`
  }
  if (!(cause instanceof ArgumentRefused)) return null
  const what = JSON.stringify(cause.parameter ?? 'arguments')
  return `${begin}\n- ${what} of its step ${JSON.stringify(step.step)}: ${cause.message}`
}

/** Says which step failed; the message's own record has the status, as that of any call that fails. */
function toFailure({ trail }: Session, error: unknown): unknown {
  const failure = toUpstreamFailure(error)
  if (failure === null) return error
  trail.upstreamStatus = failure.status
  return failure
}

function toUpstreamFailure(error: unknown): UpstreamFailure | null {
  if (error instanceof UpstreamFailure) return error
  if (error instanceof ReductionError) return new UpstreamFailure(502, error.message)
  if (error instanceof RangeError) return new UpstreamFailure(502, 'the answer nests too deeply')
  if (!(error instanceof StepError)) return null
  const { step, trouble, cause, message } = error
  if (trouble.kind === 'shape') return new UpstreamFailure(502, message).with(step)
  return cause instanceof UpstreamFailure ? cause.with(step) : null
}
