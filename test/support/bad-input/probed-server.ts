import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord } from '../../../server/json.ts'
import { findFreePorts, startServerProcess, type ServerProcess } from '../server-process.ts'

const PROBE = pathToFileURL(join(import.meta.dirname, 'process-probe.ts')).href
const STEP_MS = 20
const PATIENCE_MS = 30_000

/** What a process holds after a garbage collection. */
export type Probe = { readonly heldBytes: number; readonly sockets: number }

/** A server whose insides can be asked for. */
export type ProbedServer = ServerProcess & {
  readonly port: number
  readonly probe: () => Promise<Probe>
  /** What it logged that nobody has planned for: errors, and lines that are none of its own. */
  readonly complaints: () => readonly string[]
}

/**
 * Starts a server in a process of its own, with the probe.
 *
 * @throws {Error} with all that it wrote, where it ends before it answers
 */
export async function startProbedServer(
  env: Readonly<Record<string, string>>,
): Promise<ProbedServer> {
  const [port = 0] = await findFreePorts(1)
  const server = await startServerProcess(port, {
    NODE_OPTIONS: `--expose-gc --import ${PROBE}`,
    ...env,
  })
  const lines = () => server.log().split('\n').slice(0, -1)
  return {
    ...server,
    port,
    complaints: () => lines().filter(isComplaint),
    async probe() {
      const before = lines().length
      process.kill(server.pid, 'SIGUSR2')
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        const probe = lines()
          .slice(before)
          .map(toProbe)
          .find((each) => each !== null)
        if (probe !== undefined) return probe
        if (Date.now() > deadline || server.hasEnded()) throw new Error('the probe did not answer')
        await sleep(STEP_MS)
      }
    },
  }
}

function isComplaint(line: string): boolean {
  const entry = parse(line)
  if (!isRecord(entry)) return true
  return entry['event'] !== 'probe' && ['error', 'fatal'].includes(String(entry['level']))
}

function toProbe(line: string): Probe | null {
  const entry = parse(line)
  if (!isRecord(entry) || entry['event'] !== 'probe') return null
  return { heldBytes: Number(entry['heldBytes']), sockets: Number(entry['sockets']) }
}

function parse(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return value
  } catch {
    return null
  }
}
