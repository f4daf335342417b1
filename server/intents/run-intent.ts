import pMap from 'p-map'
import type { Session } from '../mcp/session.ts'
import { createBudget, type Budget } from './budget.ts'
import type { Intent, IntentStep } from './contract.ts'
import { fillArguments, listContextNames } from './intent-arguments.ts'
import type { Manager } from './manager.ts'
import { createOmissions, type Omission, type Omissions } from './omissions.ts'
import { reduceRows } from './reduce/reduce.ts'
import { toRows, type Row } from './reduce/row.ts'
import { isPointer, resolveValue, type Scope } from './resolve-value.ts'
import { ReadAbandoned, StepError, type StepName } from './step-error.ts'

/** Items of one step that are read for at the same time. */
const CONCURRENCY = 4

/** What a question came to. */
export type IntentRun = {
  /** As given, with defaults. */
  readonly arguments: Readonly<Record<string, unknown>>
  /** What was used of it. */
  readonly context: Readonly<Record<string, unknown>>
  readonly rows: readonly Row[]
  /** What is missing in the rows; empty where they are complete. */
  readonly omissions: readonly Omission[]
  /** How often the upstream was asked for it. */
  readonly reads: number
}

/**
 * Answers an intent: its steps in their order, then the reduction.
 *
 * @param given arguments that the intent's own schema has judged
 * @param session its signal ends the whole call
 * @throws {StepError} where a step comes to nothing
 * @throws {ReductionError} where the rows are not what the reduction works with
 */
export type RunIntent = (
  intent: Intent,
  given: Readonly<Record<string, unknown>>,
  session: Session,
) => Promise<IntentRun>

/**
 * Makes what answers intents.
 *
 * @param options.managers one of each namespace
 * @param options.readContext asked only where an intent has to know of it, and once
 * @param options.maxReads of one call
 */
export function createIntentRunner(options: {
  readonly managers: readonly Manager[]
  readonly readContext: (session: Session) => Promise<Readonly<Record<string, unknown>>>
  readonly maxReads?: number
}): RunIntent {
  const managers = new Map(options.managers.map((manager) => [manager.namespace, manager]))

  return async function runIntent(intent, given, session) {
    const names = listContextNames(intent, given)
    const known = names.length === 0 ? {} : await options.readContext(session)
    const context = Object.fromEntries(
      Object.entries(known).filter(([name, value]) => names.includes(name) && value !== null),
    )
    const args = fillArguments(intent, given, context)
    const { steps } = intent
    const call = {
      ...{ managers, session, steps },
      budget: createBudget(options.maxReads),
      omissions: createOmissions(),
    }
    const answers: Record<string, unknown> = {}
    for (const [index, step] of steps.entries()) {
      const scope = { arguments: args, context, steps: { ...answers } }
      const reserved = steps.length - index - 1
      answers[step.name] = await runStep(step, scope, { ...call, reserved })
    }
    const scope = { arguments: args, context, steps: answers }
    const { rows: pointer, reduce } = intent.result
    const rows = toRows(resolveFound(pointer, scope, steps))
    for (const operation of reduce) {
      if ('join' in operation) resolveFound(operation.join.rows, scope, steps)
    }
    return {
      ...{ arguments: args, context },
      rows: reduceRows(rows, reduce, { scope }),
      omissions: call.omissions.list(),
      reads: call.budget.used(),
    }
  }
}

type Call = {
  readonly managers: ReadonlyMap<string, Manager>
  readonly session: Session
  readonly steps: readonly IntentStep[]
  readonly budget: Budget
  readonly omissions: Omissions
  /** Reads that the steps behind this one need at least. */
  readonly reserved: number
}

async function runStep(step: IntentStep, scope: Scope, call: Call): Promise<unknown> {
  const { forEach } = step
  if (forEach === undefined) return (await runOnce(step, scope, call))?.answer
  const found = resolveFound(forEach.in, scope, call.steps)
  const items: readonly unknown[] = Array.isArray(found) ? found : found === null ? [] : [found]
  const chosen = items.slice(0, forEach.max)
  if (items.length > chosen.length) {
    call.omissions.add(toName(step), 'items', chosen.length, items.length)
  }
  const answers = await runEach(step, scope, chosen, call)
  if (answers.length < chosen.length) {
    call.omissions.add(toName(step), 'reads', answers.length, chosen.length)
  }
  return answers
}

/** The first that fails ends the others; none of them is still under way afterwards. */
async function runEach(
  step: IntentStep,
  scope: Scope,
  items: readonly unknown[],
  call: Call,
): Promise<readonly unknown[]> {
  const stop = new AbortController()
  const session = {
    ...call.session,
    signal: AbortSignal.any([call.session.signal, stop.signal]),
  }
  const failures: unknown[] = []
  const answers = await pMap(
    items,
    async (item) => {
      if (failures.length > 0) return null
      try {
        const done = await runOnce(step, { ...scope, item }, { ...call, session })
        return done === null ? null : { item, answer: done.answer }
      } catch (error) {
        failures.push(error)
        stop.abort(new ReadAbandoned('another read failed'))
        return null
      }
    },
    { concurrency: CONCURRENCY },
  )
  if (failures.length > 0) throw failures[0]
  return answers.filter((answer) => answer !== null)
}

function runOnce(step: IntentStep, scope: Scope, call: Call) {
  const { managers, session, budget, omissions, reserved } = call
  const namespace = step.tool.split('.')[0] ?? ''
  const manager = managers.get(namespace)
  if (manager === undefined) throw new Error(`nobody manages "${namespace}"`)
  return manager.run({
    ...{ session, omissions },
    step: toName(step),
    args: resolveArguments(step, scope),
    maxPages: step.pages,
    mayRead: () => budget.take(reserved),
  })
}

/** An argument whose pointer leads nowhere, or to `null`, is not sent. */
function resolveArguments(step: IntentStep, scope: Scope): Readonly<Record<string, unknown>> {
  const resolved = Object.entries(step.arguments).flatMap(([name, value]): [string, unknown][] => {
    const found = resolveValue(value, scope)
    const isNothing = found === undefined || (isPointer(value) && found === null)
    return isNothing ? [] : [[name, found]]
  })
  return Object.fromEntries<unknown>(resolved)
}

/**
 * Gives what a pointer leads to. That it leads somewhere is known from the document: otherwise the
 * upstream answered with something else, and what follows from it would be wrong.
 */
function resolveFound(pointer: string, scope: Scope, steps: readonly IntentStep[]): unknown {
  const found = resolveValue({ pointer }, scope)
  if (found !== undefined) return found
  const named = pointer.split('/')[2]
  const step = steps.find(({ name }) => name === named) ?? steps.at(-1)
  const what = `nothing at ${JSON.stringify(pointer)} of the answers`
  if (step === undefined) throw new Error(what)
  throw new StepError(toName(step), { kind: 'shape' }, what)
}

function toName({ name, tool }: IntentStep): StepName {
  return { step: name, tool }
}
