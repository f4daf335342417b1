import { CASES } from './cases.ts'
import type { Ground } from './ground.ts'
import { installPeers } from './install-peers.ts'
import type { Lane } from './measure-lane.ts'
import { openCallLane } from './open-lane.ts'
import { nameOf, PEERS } from './peers.ts'
import { startPeer } from './start-peer.ts'
import { startConnector, startFloor, type ConnectorSubject } from './start-subjects.ts'
import type { Subject } from './subject.ts'

/** What all are divided by. */
export const FLOOR = 'floor'
/** Another process of the same program. */
export const SECOND_FLOOR = 'floor again'
/** The shipped one. */
export const CONNECTOR = 'connector'
/** The shipped one cuts an answer of 200 KB. */
const MAX_RESULT_CHARS = '1000000'

/** Everything that is called. */
export type Field = {
  readonly connectors: readonly ConnectorSubject[]
  /** The calls of every case to everything that takes part in it. */
  readonly lanes: readonly Lane[]
}

/**
 * Starts the floor, the connector and its peers, and compares their answers.
 *
 * @param options.drop is told why a peer takes no part
 */
export async function startField(
  ground: Ground,
  options: {
    readonly peers: boolean
    readonly drop: (what: string, why: string) => void
    readonly progress: () => void
  },
): Promise<Field> {
  const { drop, progress } = options
  const floors = [await startFloor(ground, FLOOR), await startFloor(ground, SECOND_FLOOR)]
  const connectors = await startConnectors(ground)
  const peers = options.peers ? await startPeers(ground, drop) : []
  const lanes: Lane[] = []
  for (const subject of [...floors, ...connectors, ...peers]) {
    const own: Lane[] = []
    try {
      for (const each of CASES.filter(subject.takes)) {
        own.push(await openCallLane(subject, each, ground.upstreamUrl))
      }
      lanes.push(...own)
    } catch (error) {
      if (!subject.isPeer) throw error
      drop(subject.name, toWords(error))
    }
    progress()
  }
  return { connectors, lanes }
}

async function startConnectors(ground: Ground): Promise<readonly ConnectorSubject[]> {
  return [
    await startConnector(ground, CONNECTOR, { takes: ({ size }) => size === 'small' }),
    await startConnector(ground, `${CONNECTOR}, MAX_RESULT_CHARS=${MAX_RESULT_CHARS}`, {
      takes: ({ size }) => size === 'large',
      env: { MAX_RESULT_CHARS },
    }),
  ]
}

/** Starts those that can be started. */
async function startPeers(
  ground: Ground,
  drop: (what: string, why: string) => void,
): Promise<readonly Subject[]> {
  try {
    await installPeers()
  } catch (error) {
    drop('other servers', toWords(error))
    return []
  }
  const peers: Subject[] = []
  for (const peer of PEERS) {
    try {
      peers.push(await startPeer(ground, peer))
    } catch (error) {
      drop(nameOf(peer), toWords(error))
    }
  }
  return peers
}

function toWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
