/** What the pages print for anything that the real answer has in that place. */
const ELLIPSIS = '…'

/**
 * Compares an answer with what a page prints of it. `…` is the only wildcard: as a value, within a
 * text, as the last item of a list, and as a key for further members.
 *
 * @returns a line for each difference, with its place
 */
export function findDifferences(printed: unknown, real: unknown, place = ''): readonly string[] {
  if (printed === ELLIPSIS) return real === undefined ? [`${place}: missing`] : []
  if (typeof printed === 'string' && printed.includes(ELLIPSIS)) {
    return typeof real === 'string' && toPattern(printed).test(real)
      ? []
      : [tell(place, printed, real)]
  }
  if (Array.isArray(printed)) return compareLists(printed, real, place)
  if (isObject(printed)) return compareObjects(printed, real, place)
  return Object.is(printed, real) ? [] : [tell(place, printed, real)]
}

/**
 * Compares the shape of two values: the same members of the same types. A list is as its items are,
 * and `null` fits everywhere.
 */
export function findShapeDifferences(
  printed: unknown,
  real: unknown,
  place = '',
): readonly string[] {
  if (printed === null || real === null) return []
  if (Array.isArray(printed) && Array.isArray(real)) {
    const example: unknown = printed[0]
    if (example === undefined) return []
    return real.flatMap((item, index) => findShapeDifferences(example, item, `${place}/${index}`))
  }
  if (isObject(printed) && isObject(real)) {
    const names = [...new Set([...Object.keys(printed), ...Object.keys(real)])]
    return names.flatMap((name) => {
      const inside = `${place}/${name}`
      if (!(name in printed)) return [`${inside}: not printed`]
      if (!(name in real)) return [`${inside}: not there`]
      return findShapeDifferences(printed[name], real[name], inside)
    })
  }
  return typeOf(printed) === typeOf(real) ? [] : [tell(place, printed, real)]
}

function compareLists(printed: readonly unknown[], real: unknown, place: string) {
  if (!Array.isArray(real)) return [tell(place, printed, real)]
  const isOpen = printed.at(-1) === ELLIPSIS
  const items = isOpen ? printed.slice(0, -1) : printed
  const isLong = isOpen ? real.length >= items.length : real.length === items.length
  return [
    ...(isLong ? [] : [`${place}: ${items.length} items are printed, ${real.length} are there`]),
    ...items.flatMap((item, index) => findDifferences(item, real[index], `${place}/${index}`)),
  ]
}

function compareObjects(
  printed: Readonly<Record<string, unknown>>,
  real: unknown,
  place: string,
): readonly string[] {
  if (!isObject(real)) return [tell(place, printed, real)]
  const names = Object.keys(printed).filter((name) => name !== ELLIPSIS)
  const others = ELLIPSIS in printed ? [] : Object.keys(real).filter((name) => !(name in printed))
  return [
    ...names.flatMap((name) => findDifferences(printed[name], real[name], `${place}/${name}`)),
    ...others.map((name) => `${place}/${name}: not printed`),
  ]
}

function toPattern(printed: string): RegExp {
  const parts = printed
    .split(ELLIPSIS)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^]*')}$`)
}

function tell(place: string, printed: unknown, real: unknown): string {
  return `${place}: printed ${shorten(printed)}, real ${shorten(real)}`
}

function shorten(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200)
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
