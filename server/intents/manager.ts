import { isRecord, pointerSteps, readPointer } from '../json.ts'
import type { Session } from '../mcp/session.ts'
import type { Prepared, Tool } from '../mcp/tool.ts'
import type { Omissions } from './omissions.ts'
import { lookBehind } from './next-page.ts'
import { StepError, type StepName } from './step-error.ts'

/** Sends what a tool has prepared, as the member who asks, and gives the whole answer as JSON. */
export type ReadAnswer = (
  session: Session,
  tool: Tool,
  prepared: Extract<Prepared, { readonly ok: true }>,
) => Promise<unknown>

/** One read of a step, or several where its list has pages. */
export type StepCall = {
  readonly session: Session
  readonly step: StepName
  readonly args: Readonly<Record<string, unknown>>
  /** Pages that are read at most. */
  readonly maxPages: number
  /** Asked before each read. */
  readonly mayRead: () => boolean
  readonly omissions: Omissions
}

/** Runs the steps whose tools belong to one namespace. */
export type Manager = {
  readonly namespace: string
  /**
   * Calls a tool as any caller would: the tool judges its arguments itself.
   *
   * @returns the answer of the first page, with the items of all pages that were read in its list;
   *   `null` where no read was left
   * @throws {StepError} where it comes to nothing
   */
  readonly run: (call: StepCall) => Promise<{ readonly answer: unknown } | null>
}

/**
 * Makes the manager of a namespace.
 *
 * @param options.tools of the connector; those of other namespaces are none of its business
 */
export function createManager(
  namespace: string,
  options: { readonly tools: readonly Tool[]; readonly read: ReadAnswer },
): Manager {
  const own = options.tools.filter(({ name }) => name.startsWith(`${namespace}.`))
  const tools = new Map(own.map((tool) => [tool.name, tool]))
  return {
    namespace,
    async run(call) {
      const tool = tools.get(call.step.tool)
      if (tool === undefined) throw new Error(`"${namespace}" has no tool "${call.step.tool}"`)
      if (!call.mayRead()) return null
      const first = await readPage(options.read, tool, call, call.args)
      if (first.items === null) return { answer: first.answer }
      return { answer: await readOn(options.read, tool, call, { ...first, items: first.items }) }
    },
  }
}

type ReadPage = {
  readonly args: Readonly<Record<string, unknown>>
  readonly answer: unknown
  /** `null` where the answer is no list. */
  readonly items: readonly unknown[] | null
}

async function readPage(
  read: ReadAnswer,
  tool: Tool,
  { session, step }: StepCall,
  given: Readonly<Record<string, unknown>>,
): Promise<ReadPage> {
  const prepared = tool.prepare(given)
  if (!prepared.ok) {
    throw new StepError(step, { kind: 'arguments', issues: prepared.issues }, 'refused arguments')
  }
  const { args } = prepared
  try {
    const answer = await read(session, tool, prepared)
    return { args, answer, items: findItems(tool, step, answer) }
  } catch (error) {
    if (error instanceof StepError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StepError(step, { kind: 'read' }, why, { cause: error })
  }
}

/** Some upstreams write `null` for a list without items. */
function findItems(
  { answer: { items } }: Tool,
  step: StepName,
  answer: unknown,
): readonly unknown[] | null {
  if (items === null) return null
  const list = readPointer(answer, items)
  if (isList(list)) return list
  if (list === null) return null
  throw new StepError(step, { kind: 'shape' }, `no list at ${JSON.stringify(items)} of the answer`)
}

/** Reads page after page, and gives them as one. */
async function readOn(
  read: ReadAnswer,
  tool: Tool,
  call: StepCall,
  first: ReadPage & { readonly items: readonly unknown[] },
): Promise<unknown> {
  const { step, maxPages, mayRead, omissions } = call
  const all = [...first.items]
  for (let page: ReadPage = first, count = 1; ; count += 1) {
    const seen = { count, items: all.length, first: first.items.length }
    const { next, isMore, total } = lookBehind({
      ...page,
      tool,
      items: page.items ?? [],
      read: seen,
    })
    const isBound = next !== null && count >= maxPages
    const isSpent = next !== null && !isBound && !mayRead()
    if (next === null || isBound || isSpent) {
      if (isMore) omissions.add(step, isSpent ? 'reads' : 'pages', all.length, total)
      return putList(first.answer, pointerSteps(tool.answer.items ?? ''), all)
    }
    page = await readPage(read, tool, call, next)
    all.push(...(page.items ?? []))
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function putList(answer: unknown, steps: readonly string[], list: readonly unknown[]): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return list
  if (!isRecord(answer)) return answer
  return { ...answer, [step]: putList(answer[step], rest, list) }
}
