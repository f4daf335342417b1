import { ProtocolError } from '@modelcontextprotocol/server'
import { INVALID_PARAMS } from '../protocol-errors.ts'

/** How much of a list one answer holds. */
const PAGE_SIZE = 50

/** A part of a list, and what asks for the next one. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor?: string }

/**
 * Cuts a page out of a list. A cursor names the last item that was shown, so that it means the same
 * on every instance, and still where others were switched off in between.
 *
 * @param keyOf tells the items apart
 * @throws {ProtocolError} -32602 for a cursor that no page of this list gave
 */
export function toPage<Item>(
  list: readonly Item[],
  keyOf: (item: Item) => string,
  cursor: string | undefined,
): Page<Item> {
  const begin = cursor === undefined ? 0 : findNext(list.map(keyOf), cursor)
  const items = list.slice(begin, begin + PAGE_SIZE)
  const last = items.at(-1)
  const isMore = last !== undefined && begin + items.length < list.length
  return { items, ...(isMore && { nextCursor: toCursor(keyOf(last)) }) }
}

function findNext(keys: readonly string[], cursor: string): number {
  const index = keys.findIndex((key) => toCursor(key) === cursor)
  if (index !== -1) return index + 1
  throw new ProtocolError(INVALID_PARAMS, 'Unknown cursor: begin again without one')
}

function toCursor(key: string): string {
  return Buffer.from(key).toString('base64url')
}
