/** Of the calls of the window, what may be added to them by retries. */
const SHARE = 0.2
/** Retries that every window has, however few its calls are. */
const MIN_RETRIES = 10
const WINDOW_MS = 10_000
const SLICES = 10
const SLICE_MS = WINDOW_MS / SLICES

/** What retries may cost an upstream that is failing anyway. */
export interface RetryBudget {
  /** Notes a call, which adds to what may be spent. */
  noteCall(): void
  /** Takes a retry out, if there is one left. */
  take(): boolean
}

/**
 * Makes a budget: in any ten seconds, ten retries and a fifth of the calls. Without it an upstream
 * that fails under its load would get three times that load.
 *
 * @param options.steadyMs milliseconds since any fixed point, never going back
 */
export function createRetryBudget(options: { readonly steadyMs: () => number }): RetryBudget {
  const { steadyMs } = options
  let slices: readonly Slice[] = []

  /** Drops what is too old, and gives the slice of this moment. */
  function currentSlice(): Slice {
    const startedAt = Math.floor(steadyMs() / SLICE_MS) * SLICE_MS
    const last = slices.at(-1)
    if (last?.startedAt === startedAt) return last
    const fresh = { startedAt, calls: 0, retries: 0 }
    slices = [...slices.filter((each) => each.startedAt > startedAt - WINDOW_MS), fresh]
    return fresh
  }

  return {
    noteCall() {
      currentSlice().calls += 1
    },
    take() {
      const slice = currentSlice()
      const calls = slices.reduce((sum, each) => sum + each.calls, 0)
      const retries = slices.reduce((sum, each) => sum + each.retries, 0)
      if (retries + 1 > MIN_RETRIES + SHARE * calls) return false
      slice.retries += 1
      return true
    },
  }
}

type Slice = { readonly startedAt: number; calls: number; retries: number }
