import { openConnection } from '../load/connection.ts'
import { describeReply } from '../load/closed-loop.ts'
import type { Era } from '../load/messages.ts'
import type { Shot } from '../load/shot.ts'
import type { Case } from './cases.ts'
import { checkAnswer } from './check-answer.ts'
import type { Lane } from './measure-lane.ts'
import { FIRST_ID, LIST, note, writeCall, writeList, type Subject } from './subject.ts'

/** Servers with sessions tell requests of a client apart by their ids. */
const IDS = 1_000
/** A large answer runs through code as often as several small ones. */
const LARGE_WEIGHT = 5

/** Makes the calls of a case, once an answer was compared with what the upstream sends. */
export async function openCallLane(
  subject: Subject,
  each: Case,
  upstreamUrl: string,
): Promise<Lane> {
  const bytes = await checkAnswer(subject, each, upstreamUrl)
  const { name, tool, size } = each
  const shots = writeShots(bytes, (id) => writeCall(subject, each, id))
  return { subject, name, tool, shots, weight: size === 'large' ? LARGE_WEIGHT : 1 }
}

/** A list of tools, and how many operations are among them: the connector has tools of its own, too. */
export type ToolList = { readonly operations: number; readonly listed: number }

/** Makes requests for the list of tools, once an answer was seen to have all of them. */
export async function openListLane(
  subject: Subject,
  era: Era,
  { operations, listed }: ToolList,
): Promise<Lane> {
  const connection = await openConnection(subject.program.port)
  const reply = await connection.exchange(writeList(subject, era))
  connection.close()
  note(subject, LIST, 1)
  const found = reply.body.toString().match(/"inputSchema":/g)?.length
  if (reply.status !== 200 || found !== listed) {
    throw new Error(
      `${subject.name} lists ${found ?? 0} tools of ${listed}: ${describeReply(reply)}`,
    )
  }
  const shots = writeShots(reply.body.length, (id) => writeList(subject, era, id))
  return { subject, name: `${operations} tools, ${era}`, tool: LIST, shots, weight: 1 }
}

function writeShots(bytes: number, write: (id: number) => Buffer): readonly Shot[] {
  return Array.from({ length: IDS }, (_, index) => ({
    request: write(FIRST_ID + index),
    isRight: ({ status, body }) => status === 200 && body.length === bytes,
  }))
}
