import type { Random } from '../../demo/seed/random.ts'
import type { Case } from './cases.ts'
import { checkAnswer } from './check-answer.ts'
import { calibrate, measureCall, type CallSample, type Lane } from './measure-call.ts'
import { FIRST_ID, writeCall, type Subject } from './subject.ts'

/** What one subject did in one case, a sample for each round. */
export type Track = {
  readonly subject: Subject
  readonly each: Case
  readonly samples: readonly CallSample[]
}

/** A large answer runs through code as often as several small ones. */
const LARGE_IS_WORTH = 5
/** Servers with sessions tell requests of a client apart by their ids. */
const IDS = 1_000

type WarmLane = Lane & { readonly requests: number; readonly samples: CallSample[] }

/**
 * Measures all subjects in all cases, one after the other, in another order each round, so that what
 * the machine does beside falls on all alike. Each lane is warm before the first round.
 *
 * @param options.warmCalls of each kind, before the first round
 * @param options.cpuSeconds about how much processor time one sample takes
 */
export async function runRounds(options: {
  readonly subjects: readonly Subject[]
  readonly cases: readonly Case[]
  readonly upstreamUrl: string
  readonly rounds: number
  readonly warmCalls: number
  readonly cpuSeconds: number
  readonly random: Random
  readonly progress: () => void
  /** Is told why a peer takes no part any more. */
  readonly drop: (peer: Subject, why: string) => void
}): Promise<readonly Track[]> {
  const { subjects, cases, rounds, random, progress, drop } = options
  const lanes: WarmLane[] = []
  const dropped = new Set<Subject>()

  async function attempt(subject: Subject, work: () => Promise<unknown>): Promise<void> {
    if (dropped.has(subject)) return
    try {
      await work()
    } catch (error) {
      if (!subject.isPeer) throw error
      dropped.add(subject)
      drop(subject, error instanceof Error ? error.message : String(error))
    }
    progress()
  }

  for (const each of cases) {
    for (const subject of subjects.filter(({ takes }) => takes(each))) {
      await attempt(subject, async () => lanes.push(await openLane(subject, each, options)))
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const each of cases) {
      for (const lane of shuffle(
        lanes.filter((one) => one.each === each),
        random,
      )) {
        await attempt(lane.subject, async () =>
          lane.samples.push(await measureCall(lane, lane.requests)),
        )
      }
    }
  }
  return lanes.filter(({ subject }) => !dropped.has(subject))
}

async function openLane(
  subject: Subject,
  each: Case,
  { upstreamUrl, warmCalls, cpuSeconds }: Parameters<typeof runRounds>[0],
): Promise<WarmLane> {
  const length = await checkAnswer(subject, each, upstreamUrl)
  const lane: Lane = {
    subject,
    each,
    shots: Array.from({ length: IDS }, (_, index) => ({
      request: writeCall(subject, each, FIRST_ID + index),
      isRight: ({ status, body }) => status === 200 && body.length === length,
    })),
  }
  await measureCall(lane, Math.ceil(each.size === 'large' ? warmCalls / LARGE_IS_WORTH : warmCalls))
  return { ...lane, requests: await calibrate(lane, cpuSeconds), samples: [] }
}

function shuffle<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.integer(0, 1_000_000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
