import { isRecord, readPointer } from '../json.ts'
import type { Paging, Tool } from '../mcp/tool.ts'
import { readPageFacts, type PageFacts } from './page-facts.ts'

/** The pages of a list that were read so far. */
export type PagesRead = {
  /** How many pages. */
  readonly count: number
  /** How many items they have together. */
  readonly items: number
  /** How many the first one has. */
  readonly first: number
}

/** A page that was read last. */
export type Page = {
  readonly tool: Pick<Tool, 'answer' | 'inputSchema' | 'operation'>
  /** What it was asked for with, the allow-list's defaults included. */
  readonly args: Readonly<Record<string, unknown>>
  readonly answer: unknown
  readonly items: readonly unknown[]
  readonly read: PagesRead
}

/** What is behind a page. */
export type Behind = {
  /** The arguments of the next page; `null` where there is none, or no way to it. */
  readonly next: Readonly<Record<string, unknown>> | null
  /** Whether items are known or likely to be missing, if nobody reads on. */
  readonly isMore: boolean
  /** How many items the list has; `null` where nobody says it. */
  readonly total: number | null
}

/** Cursors of lists that are told by the last item that was seen. */
const LAST_ITEM = new Set(['startingafter', 'startafter', 'afterid', 'after'])

/**
 * Finds the next page of a list. A list ends with an empty page, with one that is shorter than asked
 * for, where the upstream says so, or where it gives no further cursor.
 */
export function lookBehind(page: Page): Behind {
  const { paging } = page.tool.answer
  const facts = readPageFacts(withoutItems(page))
  const total = facts.total !== null && facts.total >= page.read.items ? facts.total : null
  if (paging === null || page.items.length === 0) return { next: null, isMore: false, total }
  if (paging.kind === 'cursor') return { ...followCursor(page, paging, facts), total }
  if (isLast(page, paging, facts, total)) return { next: null, isMore: false, total }
  // That a first page is as long as all is once in a while is only what a page says of itself.
  return { next: countUp(page, paging), isMore: total !== page.read.items, total }
}

function isLast(
  { args, items, read, tool }: Page,
  { size }: Paging,
  { hasMore }: PageFacts,
  total: number | null,
): boolean {
  if (hasMore === false) return true
  const { maximum, fallback } = readRule(tool.inputSchema, size)
  const asked = size === null ? null : (toCount(args[size]) ?? fallback)
  const isShort = asked !== null && items.length < asked
  if (total === read.items) return read.count > 1 || isShort
  if (read.count > 1 && items.length < read.first) return true
  // An upstream may give less than was asked for, where its document names no limit: mostly a round number.
  return isShort && (maximum !== null ? asked <= maximum : !isRound(items.length))
}

function isRound(count: number): boolean {
  return count % 10 === 0 || count % 25 === 0
}

function countUp({ args, items, tool }: Page, { kind, argument }: Paging) {
  const { minimum, fallback } = readRule(tool.inputSchema, argument)
  const given = toCount(args[argument]) ?? fallback
  const first = kind === 'page' && minimum !== 0 ? 1 : 0
  const step = kind === 'page' ? 1 : items.length
  return { ...args, [argument]: (given ?? first) + step }
}

function followCursor(page: Page, { argument }: Paging, { hasMore, next }: PageFacts) {
  const { args, items, tool } = page
  if (hasMore === false) return { next: null, isMore: false }
  const names = [argument, ...tool.operation.parameters.map(({ name }) => name)]
  const text =
    next.map((each) => toCursor(each, names)).find((each) => each !== null) ??
    (hasMore === true && LAST_ITEM.has(toKey(argument)) ? lastId(items) : null)
  const cursor = text === null ? null : toArgument(text, tool.inputSchema, argument)
  const isNew = cursor !== null && JSON.stringify(cursor) !== JSON.stringify(args[argument])
  return { next: isNew ? { ...args, [argument]: cursor } : null, isMore: isNew || hasMore === true }
}

/** A link to the next page holds the cursor by the name of its parameter. */
function toCursor(text: string, names: readonly string[]): string | null {
  if (!/^(?:https?:\/\/|[/?])/.test(text)) return text
  const query = URL.parse(text, 'https://upstream.invalid')?.searchParams
  return names.map((name) => query?.get(name) ?? null).find((found) => found !== null) ?? null
}

function lastId(items: readonly unknown[]): string | null {
  const id = readPointer(items.at(-1), '/id')
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

function toArgument(cursor: string, inputSchema: Tool['inputSchema'], argument: string): unknown {
  const { type } = readSchema(inputSchema, argument)
  return type === 'integer' || type === 'number' ? Number(cursor) : cursor
}

/** Items may have members that are called like those of an envelope. */
function withoutItems({ answer, items }: Page): unknown {
  if (!isRecord(answer)) return null
  const drop = (value: unknown): unknown =>
    isRecord(value) && !JSON.isRawJSON(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== items)
            .map(([name, inner]) => [name, drop(inner)]),
        )
      : value
  return drop(answer)
}

type Rule = {
  readonly minimum: number | null
  readonly maximum: number | null
  readonly fallback: number | null
}

function readRule(inputSchema: Tool['inputSchema'], argument: string | null): Rule {
  const schema = argument === null ? {} : readSchema(inputSchema, argument)
  return {
    minimum: toCount(schema['minimum']),
    maximum: toCount(schema['maximum']),
    fallback: toCount(schema['default']),
  }
}

function readSchema(
  { properties }: Tool['inputSchema'],
  argument: string,
): Readonly<Record<string, unknown>> {
  const schema = isRecord(properties) ? properties[argument] : undefined
  return isRecord(schema) ? schema : {}
}

function toKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function toCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
