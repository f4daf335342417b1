import { isRecord } from '../json.ts'

/** What an envelope says of the pages of its list. */
export type PageFacts = {
  /** How many items there are; `null` where it does not say. */
  readonly total: number | null
  /** Whether another page follows; `null` where it does not say. */
  readonly hasMore: boolean | null
  /** What may lead to the next page, the surest first: a cursor, or a link that holds one. */
  readonly next: readonly string[]
}

/** In lower case, without what stands between words. */
const TOTALS = [
  'total',
  'totalcount',
  'totalitems',
  'totalresults',
  'totalelements',
  'totalrecords',
]
const MORE_FLAGS = ['hasmore', 'hasnext', 'hasnextpage', 'more', 'morepages', 'istruncated']
const NEXT = [
  'nextcursor',
  'nextpagetoken',
  'nexttoken',
  'nextpagecursor',
  'nextmarker',
  'nextpage',
  'nextlink',
  'nexturl',
  'next',
  'continuationtoken',
  'continue',
  'endcursor',
  'aftercursor',
  'after',
  'cursor',
  'scrollid',
  'marker',
]
/** Envelopes nest such facts once or twice: `meta`, `paging.cursors`. */
const MAX_DEPTH = 3

/** Reads what an envelope says beside its list. What its members are called is all there is to go by. */
export function readPageFacts(envelope: unknown): PageFacts {
  const members = listMembers(envelope, MAX_DEPTH)
  const find = (names: readonly string[]) =>
    names.flatMap((name) => members.filter((member) => member.name === name))
  const total = find(TOTALS).find(({ value }) => isCount(value))
  const flag = find(MORE_FLAGS).find(({ value }) => typeof value === 'boolean')
  const leads = find(NEXT)
  const next = leads.flatMap(({ value }) => toText(value) ?? [])
  const endsHere = leads.some(({ value }) => value === null || value === '')
  return {
    total: typeof total?.value === 'number' ? total.value : null,
    hasMore:
      typeof flag?.value === 'boolean'
        ? flag.value
        : next.length > 0
          ? null
          : endsHere
            ? false
            : null,
    next,
  }
}

type Member = { readonly name: string; readonly value: unknown }

/** The outer ones first. */
function listMembers(value: unknown, depth: number): readonly Member[] {
  if (!isRecord(value) || depth === 0) return []
  const own = Object.entries(value).map(([name, inner]) => ({ name: toKey(name), value: inner }))
  return [...own, ...own.flatMap(({ value: inner }) => listMembers(inner, depth - 1))]
}

function toKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function toText(value: unknown): string | null {
  if (typeof value === 'number' || JSON.isRawJSON(value)) return JSON.stringify(value)
  return typeof value === 'string' && value !== '' ? value : null
}
