/** A stretch of time: how many calls, and how many of them failed. */
type Bucket = { readonly calls: number; readonly failures: number }

/** One bar, in the units of the drawing: whole and failed part, from the bottom. */
type Bar = {
  readonly x: number
  readonly width: number
  readonly top: number
  readonly height: number
  readonly failedTop: number
  readonly failedHeight: number
}

/** Bars over a base line, for an `<svg viewBox>` that is stretched to its place. */
export type Chart = {
  readonly width: number
  readonly height: number
  readonly bars: readonly Bar[]
  /** Calls at the top of the drawing. */
  readonly most: number
}

const HEIGHT = 100
const STEP = 20
const GAP = 4
/** Of a bar that stands for anything at all: one call among thousands is seen. */
const MIN_HEIGHT = 2

/** Draws calls over time; the highest bar takes all of the height. */
export function drawChart(buckets: readonly Bucket[]): Chart {
  const most = Math.max(1, ...buckets.map(({ calls }) => calls))
  const toHeight = (count: number) =>
    count === 0 ? 0 : Math.max(MIN_HEIGHT, round((count / most) * HEIGHT))
  return {
    width: buckets.length * STEP,
    height: HEIGHT,
    most,
    bars: buckets.map(({ calls, failures }, index) => {
      const height = toHeight(calls)
      const failedHeight = Math.min(height, toHeight(failures))
      return {
        x: index * STEP + GAP / 2,
        width: STEP - GAP,
        top: HEIGHT - height,
        height,
        failedTop: HEIGHT - failedHeight,
        failedHeight,
      }
    }),
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
