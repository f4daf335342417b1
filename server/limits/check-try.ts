/**
 * Checks what a window is asked to take: a cost below one would give back.
 *
 * @throws {Error} for a cost or a limit that is none
 */
export function checkTry(cost: number, limit: number): void {
  if (!Number.isSafeInteger(cost) || cost < 1) throw new Error('"cost" must be a positive integer')
  if (!Number.isSafeInteger(limit) || limit < 0) throw new Error('"limit" must be an integer')
}
