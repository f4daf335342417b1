/** Before a connection that broke: what its receiver's machine had, its program may not have. */
const BROKEN_MS = 10_000
/** Before one that the receiver closed in good order, which it does after reading, as a rule. */
const CLOSED_MS = 1_000
/** In characters, of which the latest are kept: more than what two machines hold between two programs. */
const MAX_CHARS = 16_000_000
/** A receiver that always closes would otherwise get the same for ever. */
const MAX_REPEATS = 2

type Written = { readonly frames: string; readonly at: number; readonly repeats: number }

/** What was written to a receiver that acknowledges nothing, for as long as it may be lost. */
export type UnsureFrames = {
  /** What goes first over the next connection; empty if nothing is missing. */
  readonly lost: () => string
  /** `frames` were written, and all that was `lost` before them. */
  readonly noteWritten: (frames: string) => void
  /** The connection is gone. */
  readonly noteLoss: (isClean: boolean) => void
}

/** @param now milliseconds since the epoch */
export function createUnsureFrames(now: () => number): UnsureFrames {
  let written: readonly Written[] = []
  let lost: readonly Written[] = []
  return {
    lost: () => lost.map(({ frames }) => frames).join(''),
    noteWritten(frames) {
      const at = now()
      const repeated = lost.map((each) => ({ ...each, at, repeats: each.repeats + 1 }))
      lost = []
      written = latest([...written, ...repeated, { frames, at, repeats: 0 }], at - BROKEN_MS)
    },
    noteLoss(isClean) {
      const since = now() - (isClean ? CLOSED_MS : BROKEN_MS)
      const missing = written.filter(({ at, repeats }) => at >= since && repeats < MAX_REPEATS)
      lost = latest([...lost, ...missing], 0)
      written = []
    },
  }
}

function latest(all: readonly Written[], since: number): readonly Written[] {
  let chars = 0
  return all
    .toReversed()
    .filter(({ frames, at }) => {
      chars += frames.length
      return at >= since && chars <= MAX_CHARS
    })
    .toReversed()
}
