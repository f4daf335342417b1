import type { Cores } from '../services/cores.ts'
import type { Row } from './summarize.ts'

/** What the machine may do beside, on average, before anything was started. */
const QUIET_LOAD = 0.5
const NOISE = 0.1
/** Whoever is at work for less of the time has waited for others. */
const SATURATED = 0.9

/**
 * Says what was not measured cleanly, and why.
 *
 * @param noise what another process of the floor came to
 */
export function findUnclean(
  cores: Cores,
  loadBefore: number,
  calls: readonly Row[],
  noise: readonly Row[],
): readonly string[] {
  const noisy = noise.filter(({ ratio }) => ratio.lower < 1 - NOISE || ratio.upper > 1 + NOISE)
  const idle = calls.filter(({ busy }) => busy < SATURATED).length
  return [
    ...(cores.reason === null ? [] : [`no core of their own for the servers: ${cores.reason}`]),
    ...(loadBefore < QUIET_LOAD ? [] : [`the machine was at work before: load ${loadBefore}`]),
    ...(idle === 0
      ? []
      : [`requests/s: in ${idle} of ${calls.length} lines the server did not fill its core`]),
    ...noisy.map(
      ({ case: each, ratio }) =>
        `${each}: the floor to itself is ${ratio.lower.toFixed(2)}–${ratio.upper.toFixed(2)}`,
    ),
  ]
}
