/** Of pages that one can go back to, one by one. */
const MAX_TRAIL = 20
/** A number that lists are sorted by, and an id that is unique beside it. */
const CURSOR = /^(\d{1,15})-([\w-]{1,64})$/

/** Which page of a list, newest first. */
export type Place = {
  /** The last one of the page before; `null` for the newest. */
  readonly after: string | null
  /** Where the pages before began, the first one first. */
  readonly trail: readonly string[]
}

/** Reads which page is asked for: the newest for anything that is no place. */
export function readPlace(given: URLSearchParams): Place {
  const after = given.get('after') ?? ''
  const trail = (given.get('trail') ?? '').split('.').filter((each) => CURSOR.test(each))
  return { after: CURSOR.test(after) ? after : null, trail: trail.slice(-MAX_TRAIL) }
}

/** The place of one thing in a list. */
export function toCursor(number: number, id: string | number): string {
  return `${number}-${id}`
}

/** Reads the place of one thing; `null` for none. */
export function parseCursor(
  text: string | null,
): { readonly number: number; readonly id: string } | null {
  const [, number, id] = CURSOR.exec(text ?? '') ?? []
  return number === undefined || id === undefined ? null : { number: Number(number), id }
}

/**
 * The links to the pages beside one.
 *
 * @param options.fields what else the address says
 * @param options.last where the page ends; `null` where nothing is behind it
 */
export function toPageLinks(options: {
  readonly path: string
  readonly fields: URLSearchParams
  readonly place: Place
  readonly last: string | null
}) {
  const { path, fields, place, last } = options
  const { after, trail } = place
  const toLink = (rel: string, label: string, to: Place) => ({
    ...{ rel, label },
    href: `${path}${toSearch(fields, to)}`,
  })
  const newest = { after: null, trail: [] }
  const newer = { after: trail.at(-1) ?? null, trail: trail.slice(0, -1) }
  const older = { after: last, trail: after === null ? trail : [...trail, after] }
  return [
    ...(after === null ? [] : [toLink('first', 'Newest', newest), toLink('prev', 'Newer', newer)]),
    ...(last === null ? [] : [toLink('next', 'Older', older)]),
  ]
}

function toSearch(fields: URLSearchParams, { after, trail }: Place): string {
  const search = new URLSearchParams(fields)
  if (after !== null) search.set('after', after)
  if (trail.length > 0) search.set('trail', trail.slice(-MAX_TRAIL).join('.'))
  return search.size === 0 ? '' : `?${search.toString()}`
}
