import { isRecord } from '../json.ts'
import type { Paging, Tool } from './tool.ts'

/** More filters, or longer ones, than a sentence can name are left out. */
const MAX_FILTERS_CHARS = 200

/** A call whose answer was cut. */
export type CutCall = {
  readonly tool: Pick<Tool, 'answer' | 'inputSchema'>
  /** With the allow-list's defaults. */
  readonly args: Readonly<Record<string, unknown>>
}

/** How much of its list an answer shows. */
export type ListCut = {
  /** At least 1. */
  readonly returned: number
  /** How many items the upstream gave. */
  readonly total: number
}

/**
 * Says how to get the rest of a list, by the names of the tool's own arguments and with values that
 * skip nothing; items may come twice.
 */
export function describeRest(call: CutCall, cut: ListCut): string {
  const { paging } = call.tool.answer
  const step = paging === null ? null : describeStep(call, paging, cut)
  return step ?? describeNarrowing(call)
}

/** Says how to ask for less where nothing leads to the rest. */
export function describeNarrowing({ tool, args }: CutCall): string {
  const free = tool.answer.filters.filter((key) => args[key] === undefined)
  const named = quoteSome(free)
  if (named !== '') return `Call again and narrow it with ${named}.`
  const used = quoteSome(tool.answer.filters)
  if (used !== '') return `Call again and narrow it further with ${used}.`
  return 'This tool has no argument that asks for less.'
}

function describeStep(call: CutCall, paging: Paging, cut: ListCut): string | null {
  switch (paging.kind) {
    case 'offset':
      return describeOffset(call, paging.argument, cut)
    case 'page':
      return paging.size === null ? null : describePage(call, paging.argument, paging.size, cut)
    case 'cursor':
      return paging.size === null ? null : describeCursor(call, paging.argument, paging.size, cut)
  }
}

function describeOffset({ tool, args }: CutCall, argument: string, { returned }: ListCut): string {
  const { minimum, fallback } = readRule(tool.inputSchema, argument)
  const offset = toNumber(args[argument]) ?? fallback ?? minimum ?? 0
  return `Call again with the same arguments and ${JSON.stringify(argument)}: ${offset + returned}.`
}

/**
 * Pages that fit are smaller ones, and so have other numbers: the first of them begins where the
 * shown items end, or before.
 */
function describePage(
  { tool, args }: CutCall,
  argument: string,
  sizeArgument: string,
  cut: ListCut,
): string | null {
  const size = chooseSize(tool.inputSchema, sizeArgument, cut.returned)
  if (size === null) return null
  const { minimum, fallback } = readRule(tool.inputSchema, argument)
  const given = toNumber(args[argument]) ?? fallback
  const isFromZero = given === 0 || (minimum === 0 && fallback !== 1)
  const isFromOne = fallback === 1 || minimum === 1
  const first = isFromZero ? 0 : 1
  const before = (given ?? first) - first
  const seen = before * sizeOfPage({ tool, args }, sizeArgument, cut.total) + cut.returned
  // Where nothing says what the first page's number is, 1 is the first or the second.
  const isUnknown = given === null && !isFromZero && !isFromOne
  const page = isUnknown ? 1 : first + Math.floor(seen / size)
  const paging = `${JSON.stringify(sizeArgument)}: ${size} and ${JSON.stringify(argument)}: ${page}`
  return `Call again with the same arguments but ${paging}, then count ${JSON.stringify(argument)} up.`
}

function describeCursor(
  { tool, args }: CutCall,
  argument: string,
  sizeArgument: string,
  { returned, total }: ListCut,
): string | null {
  const size = chooseSize(tool.inputSchema, sizeArgument, returned)
  if (size === null || total === 1) return null
  const same = args[argument] === undefined ? '' : ` and the same ${JSON.stringify(argument)}`
  return `Call again with ${JSON.stringify(sizeArgument)}: ${size}${same}, then read on with the ${JSON.stringify(argument)} of that answer.`
}

/** The upstream may cap what was asked for; where that is possible, what it gave is counted on. */
function sizeOfPage({ tool, args }: CutCall, sizeArgument: string, total: number): number {
  const { maximum, fallback } = readRule(tool.inputSchema, sizeArgument)
  const asked = toNumber(args[sizeArgument]) ?? fallback
  if (asked === null) return total
  return maximum !== null && asked <= maximum ? asked : Math.min(asked, total)
}

/** The largest size that the argument takes and that has fitted; `null` where none is so small. */
function chooseSize(
  inputSchema: Tool['inputSchema'],
  argument: string,
  fits: number,
): number | null {
  const { minimum, allowed } = readRule(inputSchema, argument)
  if (allowed === null) return fits >= (minimum ?? 1) ? fits : null
  const fitting = allowed.filter((size) => size >= 1 && size <= fits)
  return fitting.length === 0 ? null : Math.max(...fitting)
}

type Rule = {
  readonly minimum: number | null
  readonly maximum: number | null
  readonly fallback: number | null
  readonly allowed: readonly number[] | null
}

function readRule(inputSchema: Tool['inputSchema'], argument: string): Rule {
  const { properties } = inputSchema
  const schema = isRecord(properties) ? properties[argument] : undefined
  const rule = isRecord(schema) ? schema : {}
  const values: unknown = rule['enum']
  return {
    minimum: toNumber(rule['minimum']),
    maximum: toNumber(rule['maximum']),
    fallback: toNumber(rule['default']),
    allowed: Array.isArray(values) ? values.filter((value) => typeof value === 'number') : null,
  }
}

function toNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

function quoteSome(keys: readonly string[]): string {
  const quoted = keys.map((key) => JSON.stringify(key))
  let chars = 0
  const named = quoted.filter((key) => (chars += key.length + 2) <= MAX_FILTERS_CHARS)
  return named.join(', ')
}
