/** Counts attempts in windows, over all instances. */
export interface AttemptStore {
  /**
   * Counts one attempt, in one statement.
   *
   * @param key hashed before it is stored
   * @returns how many there were in the window that is open now, this one included, and its end
   */
  count(key: string, windowMs: number): Promise<{ readonly count: number; readonly endsAt: number }>
  clear(key: string): Promise<void>
}
