import type { Random } from '../../demo/seed/random.ts'
import type { Case } from './cases.ts'
import { checkAnswer } from './check-answer.ts'
import { calibrate, measureCall, type CallSample, type Lane } from './measure-call.ts'
import { writeCall, type Subject } from './subject.ts'

/** What one subject did in one case, a sample for each round. */
export type Track = {
  readonly subject: Subject
  readonly each: Case
  readonly samples: readonly CallSample[]
}

/** A large answer runs through code as often as several small ones. */
const LARGE_IS_WORTH = 5

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
}): Promise<readonly Track[]> {
  const { subjects, cases, rounds, random, progress } = options
  const lanes: WarmLane[] = []
  for (const each of cases) {
    for (const subject of subjects.filter(({ takes }) => takes(each))) {
      lanes.push(await openLane(subject, each, options))
      progress()
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const each of cases) {
      for (const lane of shuffle(
        lanes.filter((one) => one.each === each),
        random,
      )) {
        lane.samples.push(await measureCall(lane, lane.requests))
        progress()
      }
    }
  }
  return lanes
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
    shot: {
      request: writeCall(subject, each),
      isRight: ({ status, body }) => status === 200 && body.length === length,
    },
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
