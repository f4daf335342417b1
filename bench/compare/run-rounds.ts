import type { Random } from '../../demo/seed/random.ts'
import { calibrate, measureLane, type Lane, type Sample } from './measure-lane.ts'

/** What became of a lane, a sample for each round. */
export type Track = Lane & { readonly samples: readonly Sample[] }

/** How lanes are measured. */
export type Plan = {
  readonly rounds: number
  /** Requests of each kind before the first round, where they are small. */
  readonly warmCalls: number
  /** About how much processor time one sample takes. */
  readonly cpuSeconds: number
  readonly random: Random
  readonly progress: () => void
  /** Is told why a lane of a peer takes no part any more. */
  readonly drop: (lane: Lane, why: string) => void
}

type Running = Track & { readonly requests: number; readonly samples: Sample[] }

/**
 * Measures lanes one after the other, in another order each round, so that what the machine does
 * beside falls on all alike. Each is warm before the first round.
 */
export async function runRounds(lanes: readonly Lane[], plan: Plan): Promise<readonly Track[]> {
  const { rounds, random, progress, drop } = plan
  const running = new Set<Running>()

  const fail = (lane: Lane) => (error: unknown) => {
    if (!lane.subject.isPeer) throw error
    drop(lane, error instanceof Error ? error.message : String(error))
    return null
  }

  for (const lane of lanes) {
    const warm = await warmUp(lane, plan).catch(fail(lane))
    if (warm !== null) running.add({ ...lane, requests: warm, samples: [] })
    progress()
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const lane of shuffle([...running], random)) {
      const sample = await measureLane(lane, lane.requests).catch(fail(lane))
      if (sample === null) running.delete(lane)
      else lane.samples.push(sample)
      progress()
    }
  }
  return [...running]
}

/** @returns how many requests a sample has */
async function warmUp(lane: Lane, { warmCalls, cpuSeconds }: Plan): Promise<number> {
  await measureLane(lane, Math.ceil(warmCalls / lane.weight))
  return calibrate(lane, cpuSeconds)
}

function shuffle<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.integer(0, 1_000_000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
