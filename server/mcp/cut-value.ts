/** A text that is cut keeps at least so many characters, so that no identifier or date is cut. */
const MIN_TEXT_CHARS = 64
const ELLIPSIS = '…'

/** A value as JSON text within a budget. */
export type CutValue = {
  readonly text: string
  /** JSON Pointers of what is not whole, in the order of the text. */
  readonly cut: readonly string[]
}

/** How many characters a value takes as JSON text. */
type Sizes = {
  readonly full: number
  /** With every list in it emptied. */
  readonly bare: number
  /** With every list in it emptied and every long text cut. */
  readonly least: number
}

/**
 * Writes a value as valid JSON of at most so many characters. What is longest is cut first: of
 * lists the items at the end, then texts; members of objects go only where nothing else is left.
 * Numbers stay as they were written.
 *
 * @param maxChars at least 4
 * @param pointer where the value stands in what it is part of
 */
export function cutValue(value: unknown, maxChars: number, pointer = ''): CutValue {
  const sizes = new Map<object, Sizes>()
  const cut: string[] = []
  const text = write(value, maxChars, { pointer, sizes, cut })
  return { text, cut }
}

type Place = {
  readonly pointer: string
  /** Of the objects and lists that were measured. */
  readonly sizes: Map<object, Sizes>
  readonly cut: string[]
}

function write(value: unknown, maxChars: number, place: Place): string {
  if (measure(value, place.sizes).full <= maxChars) return JSON.stringify(value)
  if (typeof value === 'string') return writeText(value, maxChars, place)
  if (Array.isArray(value)) return writeList(value, maxChars, place)
  if (isContainer(value)) return writeObject(value, maxChars, place)
  place.cut.push(place.pointer)
  return 'null'
}

function writeText(text: string, maxChars: number, { pointer, cut }: Place): string {
  cut.push(pointer)
  const begin = text.slice(0, Math.max(0, maxChars - 3))
  // Every character that goes takes at least itself away, however it was escaped.
  const excess = Math.max(0, JSON.stringify(begin + ELLIPSIS).length - maxChars)
  const kept = begin.slice(0, Math.max(0, begin.length - excess)).replace(/[\ud800-\udbff]$/, '')
  return JSON.stringify(kept + ELLIPSIS)
}

/** As many whole items as fit; of the first one a part where not even that fits. */
function writeList(list: readonly unknown[], maxChars: number, place: Place): string {
  const { pointer, sizes, cut } = place
  const items: string[] = []
  let chars = 2
  for (const item of list) {
    const comma = items.length === 0 ? 0 : 1
    if (chars + comma + measure(item, sizes).full > maxChars) break
    const text = JSON.stringify(item)
    chars += comma + text.length
    items.push(text)
  }
  const [first] = list
  const canBeCut = typeof first === 'string' || isContainer(first)
  if (items.length === 0 && canBeCut && maxChars >= 2 + 4) {
    items.push(write(first, maxChars - 2, { ...place, pointer: `${pointer}/0` }))
  }
  if (items.length < list.length) cut.push(pointer)
  return `[${items.join(',')}]`
}

function writeObject(
  object: Readonly<Record<string, unknown>>,
  maxChars: number,
  place: Place,
): string {
  const { pointer, sizes, cut } = place
  const all = Object.entries(object).map(([key, value]) => {
    const name = JSON.stringify(key)
    return { key, name, value, sizes: measure(value, sizes), overhead: name.length + 2 }
  })
  // One comma fewer than members, two braces.
  let room = maxChars - 1
  const members = all.filter(({ overhead, sizes: { least } }) => {
    if (overhead + least > room) return false
    room -= overhead + least
    return true
  })
  if (members.length < all.length) cut.push(pointer)
  const overhead = members.reduce((sum, member) => sum + member.overhead, 0)
  const shares = share(
    maxChars - 1 - overhead,
    members.map((member) => member.sizes),
  )
  const texts = members.map(({ key, name, value }, index) => {
    const below = { ...place, pointer: `${pointer}/${escapeStep(key)}` }
    return `${name}:${write(value, shares[index] ?? 0, below)}`
  })
  return `{${texts.join(',')}}`
}

/**
 * Shares characters out so that short values stay whole and all that is cut has the same: lists
 * are cut before any text is.
 */
function share(chars: number, sizes: readonly Sizes[]): readonly number[] {
  const isEnoughForTexts = sizes.reduce((sum, { bare }) => sum + bare, 0) <= chars
  const bounds = sizes.map(({ full, bare, least }) =>
    isEnoughForTexts ? { low: bare, high: full } : { low: least, high: bare },
  )
  const atLevel = (level: number) =>
    bounds.map(({ low, high }) => Math.min(Math.max(level, low), high))
  let low = 0
  let high = chars
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const sum = atLevel(middle).reduce((total, each) => total + each, 0)
    if (sum <= chars) low = middle
    else high = middle - 1
  }
  return atLevel(low)
}

function measure(value: unknown, known: Map<object, Sizes>): Sizes {
  if (!isContainer(value)) return measureScalar(value)
  const before = known.get(value)
  if (before !== undefined) return before
  const sizes = Array.isArray(value) ? measureList(value, known) : measureObject(value, known)
  known.set(value, sizes)
  return sizes
}

function measureList(list: readonly unknown[], known: Map<object, Sizes>): Sizes {
  let full = list.length === 0 ? 2 : 1
  for (const item of list) full += measure(item, known).full + 1
  return { full, bare: 2, least: 2 }
}

function measureObject(
  object: Readonly<Record<string, unknown>>,
  known: Map<object, Sizes>,
): Sizes {
  const entries = Object.entries(object)
  const sum = { full: 1, bare: 1, least: 1 }
  for (const [key, member] of entries) {
    const sizes = measure(member, known)
    const overhead = JSON.stringify(key).length + 2
    sum.full += sizes.full + overhead
    sum.bare += sizes.bare + overhead
    sum.least += sizes.least + overhead
  }
  return entries.length === 0 ? { full: 2, bare: 2, least: 2 } : sum
}

function measureScalar(value: unknown): Sizes {
  const full = JSON.stringify(value).length
  return {
    full,
    bare: full,
    least: typeof value === 'string' ? Math.min(full, MIN_TEXT_CHARS) : full,
  }
}

/** A number that a double cannot hold is an object, too: one that stands for its own text. */
function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !JSON.isRawJSON(value)
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
