/** Questions under way at the same time: where one hangs, others still get their answers. */
export const MAX_UNDER_WAY = 2

/** Answers many keys by one question; a key that has no answer is left out. */
export type Ask<Found> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>

/**
 * Asks together for what is wanted at the same time: for all of one turn of the event loop, and,
 * where questions are under way, for all that came meanwhile. A question serves nobody who came
 * after it was sent.
 */
export function gather<Found>(ask: Ask<Found>): (key: string) => Promise<Found | null> {
  let waiting = new Map<string, PromiseWithResolvers<Found | null>>()
  let underWay = 0
  let isPlanned = false

  function plan(): void {
    if (isPlanned || waiting.size === 0 || underWay === MAX_UNDER_WAY) return
    isPlanned = true
    setImmediate(() => void send())
  }

  async function send(): Promise<void> {
    const asked = waiting
    waiting = new Map()
    isPlanned = false
    underWay += 1
    try {
      const found = await ask([...asked.keys()])
      for (const [key, { resolve }] of asked) resolve(found.get(key) ?? null)
    } catch (error) {
      for (const { reject } of asked.values()) reject(error)
    } finally {
      underWay -= 1
      plan()
    }
  }

  return (key) => {
    const known = waiting.get(key)
    if (known !== undefined) return known.promise
    const wanted = Promise.withResolvers<Found | null>()
    waiting.set(key, wanted)
    plan()
    return wanted.promise
  }
}
