import { randomUUID } from 'node:crypto'

/**
 * Makes the id of an event: a UUID of version 7 (RFC 9562, section 5.7), its time first and random
 * behind it. So events of one time are neighbours in the index of ids, and a batch writes few of its
 * pages.
 *
 * @param time epoch milliseconds
 */
export function createEventId(time: number): string {
  const hex = time.toString(16).padStart(12, '0')
  // A random UUID has its version, one digit, in front of the fifteenth place.
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`
}
