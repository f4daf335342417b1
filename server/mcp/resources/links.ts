import { isRecord } from '../../json.ts'

/** What a record's URI is called in an answer, beside the upstream's own members. */
export const URI_MEMBER = '_uri'

/** Where an item says what a URI is made of. */
export type Link = {
  /** The member that names another record; `null` where it is the item itself. */
  readonly member: string | null
  /** From the item, or from its member, to the id. */
  readonly steps: readonly string[]
  /** `null` for an id that no URI can hold, and for a URI that may not be read. */
  readonly toUri: (id: string) => string | null
}

/**
 * Adds the URIs of an item to what is shown of it. A member of that name that the upstream sent
 * stays, and there is no other then. It runs for every item of every list.
 *
 * @param shown is being made, and belongs to nobody else yet
 */
export function addUris(
  item: Readonly<Record<string, unknown>>,
  shown: Record<string, unknown>,
  links: readonly Link[],
): void {
  for (const { member, steps, toUri } of links) {
    const holder = member === null ? item : readMember(item, member)
    const place = member === null ? shown : readMember(shown, member)
    if (!isRecord(place) || Object.hasOwn(place, URI_MEMBER)) continue
    const id = toId(steps.reduce(readMember, holder))
    const uri = id === null ? null : toUri(id)
    if (uri === null) continue
    if (member === null) shown[URI_MEMBER] = uri
    else shown[member] = { ...place, [URI_MEMBER]: uri }
  }
}

function readMember(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** What a path argument would be written as. */
function toId(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  // A number of more digits than a double holds is kept as it was written.
  const source = isRecord(value) && JSON.isRawJSON(value) ? JSON.stringify(value) : ''
  return /^-?[0-9]+$/.test(source) ? source : null
}
