import type { RecordedRequest } from '../support/recording-upstream.ts'
import type { Blindness } from './blindness.ts'
import type { Meant } from './judged-operation.ts'

/** An independent implementation that says whether a request is the one that was meant. */
export interface Judge {
  readonly name: string
  readonly blindnesses: readonly Blindness[]
  /** `null` where it is right, otherwise what differs. */
  judge(
    meant: Meant,
    request: RecordedRequest,
    baseUrl: string,
  ): string | null | Promise<string | null>
}

/** Why a judge has no say in a call; `null` if it has one. */
export function findBlindness(judge: Judge, meant: Meant): string | null {
  return judge.blindnesses.find(({ applies }) => applies(meant))?.reason ?? null
}
