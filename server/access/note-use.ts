/**
 * Lets the note of a use, if one is being made, go on beside the call that it belongs to: a database
 * that is slow to write costs no call, and a note that fails is made at the next use.
 */
export function noteUse(note: Promise<unknown> | null): void {
  note?.catch(() => undefined)
}
