import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePorts } from '../../test/support/server-process.ts'
import { claimCores, type Cores } from '../services/cores.ts'
import { startNodeProgram } from '../services/node-program.ts'

/** Where and in front of what programs are started. */
export type Ground = {
  /** For all that they write. */
  readonly folder: string
  readonly upstreamUrl: string
  readonly cores: Cores
  /** A port that nobody else has. */
  readonly takePort: () => number
  /** Lets something be stopped with the ground. */
  readonly keep: <Kind extends Stoppable>(what: Kind) => Kind
  readonly close: () => Promise<void>
}

type Stoppable = { readonly stop: () => Promise<unknown> }

const QUIET = '--disable-warning=ExperimentalWarning'
/** Enough for everything that is started. */
const PORTS = 48

/** Makes room for a run, and starts the upstream that all have in common. */
export async function openGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  const running: Stoppable[] = []
  const close = async () => {
    for (const each of running.toReversed()) await each.stop()
    rmSync(folder, { recursive: true })
  }
  try {
    const cores = await claimCores()
    const [port = 0, ...ports] = await findFreePorts(PORTS)
    const upstream = await startNodeProgram({
      args: [QUIET, 'bench/compare/upstream.ts', String(port)],
      port,
      logFile: join(folder, 'upstream.log'),
    })
    running.push(upstream)
    return {
      folder,
      upstreamUrl: `http://127.0.0.1:${port}/v1`,
      cores,
      takePort() {
        const next = ports.shift()
        if (next === undefined) throw new Error('no port is left')
        return next
      },
      keep(what) {
        running.push(what)
        return what
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
