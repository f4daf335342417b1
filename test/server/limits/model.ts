/** The window as anybody would write it down: every take is kept for good, and counted anew. */
export type ModelWindow = {
  readonly take: (cost: number, limit: number, now: number) => ModelTaken
}

/** What the model says of a try. */
export type ModelTaken = {
  readonly isAllowed: boolean
  readonly remaining: number
  readonly resetMs: number
  readonly retryMs: number
}

/**
 * Makes a model for one key.
 *
 * @param stepMs what every moment and the window are multiples of
 */
export function createModelWindow(windowMs: number, stepMs: number): ModelWindow {
  const units: number[] = []
  /** Tries one moment after the other. */
  function waitUntil(now: number, isSo: (at: number) => boolean): number {
    let at = now
    while (!isSo(at)) at += stepMs
    return at - now
  }
  const heldAt = (now: number) => units.filter((at) => at > now - windowMs).length
  return {
    take(cost, limit, now) {
      const isAllowed = heldAt(now) + cost <= limit
      if (isAllowed) for (let unit = 0; unit < cost; unit += 1) units.push(now)
      const held = heldAt(now)
      return {
        isAllowed,
        remaining: Math.max(0, limit - held),
        resetMs: waitUntil(now, (at) => heldAt(at) === 0),
        retryMs: isAllowed
          ? 0
          : waitUntil(now, (at) => heldAt(at) === 0 || heldAt(at) + cost <= limit),
      }
    },
  }
}
