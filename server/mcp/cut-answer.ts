import { isRecord, pointerSteps, readPointer } from '../json.ts'
import { cutValue } from './cut-value.ts'
import { writeFrame, type JsonFrame } from './json-frame.ts'
import { describeNarrowing, describeRest, type CutCall, type ListCut } from './next-step.ts'

const MAX_PLACES_CHARS = 200
/** What `_truncated` takes at most: a sentence of 300 characters, the places, two counts. */
const MAX_NOTE_CHARS = 660
/** An item that is shown in less says nothing. */
const MIN_ITEM_CHARS = 100

/**
 * Writes an answer as JSON of at most so many characters: whole where it fits, else without the
 * last items of its list. `_truncated` in the envelope then says how many there are and how to get
 * the rest; a list without an envelope gets one (`items`). Where one item alone is too long, or
 * there is no list, the longest lists and texts inside are cut.
 *
 * @param maxChars at least 1,000
 */
export function writeAnswer(answer: unknown, call: CutCall, maxChars: number): string {
  const found = findList(answer, call)
  if (found === null) {
    const text = JSON.stringify(answer)
    return text.length <= maxChars ? text : cutRecord(answer, call, maxChars)
  }
  // Each item is written once, whether or not all of them fit.
  const items = found.list.map((item) => JSON.stringify(item))
  const { before, after } = writeFrame(answer, found.steps)
  const begin = before.length + after.length + (items.length === 0 ? 2 : 1)
  const chars = items.reduce((sum, item) => sum + item.length + 1, begin)
  if (chars <= maxChars) return `${before}[${items.join(',')}]${after}`
  return cutList(answer, { ...found, items }, call, maxChars)
}

/** What is said of an answer that is not whole. */
type Note = Partial<ListCut> & {
  /** JSON Pointers into what is shown, of what is not whole there. */
  readonly cut?: readonly string[]
  /** How many more places are not whole. */
  readonly otherCuts?: number
  readonly next: string
}

type FoundList = { readonly list: readonly unknown[]; readonly steps: readonly string[] }

function findList(answer: unknown, { tool }: CutCall): FoundList | null {
  const pointer = tool.answer.items ?? (tool.answer.paging === null ? '' : guessList(answer))
  const list = readPointer(answer, pointer)
  if (!Array.isArray(list) || (pointer !== '' && !isRecord(answer))) return null
  return { list, steps: pointerSteps(pointer) }
}

/** Of an answer that the document does not describe, though its tool pages: the longest list in it. */
function guessList(answer: unknown): string {
  if (!isRecord(answer)) return ''
  const lists = Object.entries(answer).flatMap(([name, value]) =>
    Array.isArray(value) ? [{ name, length: value.length }] : [],
  )
  const longest = lists.reduce((max, { length }) => Math.max(max, length), 0)
  const found = lists.find(({ length }) => length === longest)
  return found === undefined ? '' : toPointer([found.name])
}

function cutList(
  answer: unknown,
  { list, steps, items }: FoundList & { readonly items: readonly string[] },
  call: CutCall,
  maxChars: number,
): string {
  const total = list.length
  const place = steps.length === 0 ? ['items'] : steps
  const frame = writeFrame(toEnvelope(answer), place)
  for (let returned = countFitting(items, frame, maxChars); returned > 0; returned -= 1) {
    const note = { returned, total, next: describeRest(call, { returned, total }) }
    const text = join(frame, items.slice(0, returned), note)
    if (text.length <= maxChars) return text
  }
  const room = maxChars - join(frame, [], { next: '' }).length - MAX_NOTE_CHARS
  if (room < MIN_ITEM_CHARS || total === 0) return cutRecord(answer, call, maxChars)
  const { text, cut } = cutValue(list[0], room, toPointer([...place, '0']))
  const next = describeRest(call, { returned: 1, total })
  return join(frame, [text], { returned: 1, total, ...listPlaces(cut), next })
}

/** How many items would fit, if nothing had to be said of the others. */
function countFitting(items: readonly string[], frame: JsonFrame, maxChars: number): number {
  let chars = frame.before.length + frame.after.length + 1
  const tooMany = items.findIndex((item) => (chars += item.length + 1) > maxChars)
  return tooMany === -1 ? items.length : tooMany
}

function cutRecord(answer: unknown, call: CutCall, maxChars: number): string {
  const { text, cut } = cutValue(toEnvelope(answer), maxChars - MAX_NOTE_CHARS)
  const found = findList(answer, call)
  const note = { ...listPlaces(cut), ...describeFound(text, found, call) }
  const comma = text === '{}' ? '' : ','
  return `${text.slice(0, -1)}${comma}"_truncated":${JSON.stringify(note)}}`
}

/** A list may have lost its items to an envelope that is too long itself. */
function describeFound(text: string, found: FoundList | null, call: CutCall): Note {
  if (found === null) return { next: describeNarrowing(call) }
  const shown: unknown = JSON.parse(text)
  const place = found.steps.length === 0 ? ['items'] : found.steps
  const list = readPointer(shown, toPointer(place))
  const returned = Array.isArray(list) ? list.length : 0
  const total = found.list.length
  const isCut = returned > 0 && returned < total
  const next = isCut ? describeRest(call, { returned, total }) : describeNarrowing(call)
  return { returned, total, next }
}

/** What `_truncated` can be a member of; an upstream's own member of that name makes way. */
function toEnvelope(answer: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(answer)) return { items: answer }
  if (!isRecord(answer) || JSON.isRawJSON(answer)) return { value: answer }
  return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== '_truncated'))
}

function join({ before, after }: JsonFrame, items: readonly string[], note: Note): string {
  const text = `${before}[${items.join(',')}]${after.slice(0, -1)}`
  return `${text},"_truncated":${JSON.stringify(note)}}`
}

function listPlaces(cut: readonly string[]): Pick<Note, 'cut' | 'otherCuts'> {
  let chars = 0
  const named = cut.filter(
    (place) => (chars += JSON.stringify(place).length + 1) <= MAX_PLACES_CHARS,
  )
  const others = cut.length - named.length
  return { cut: named, ...(others > 0 && { otherCuts: others }) }
}

function toPointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
