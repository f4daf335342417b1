import { join } from 'node:path'
import { findFreePorts } from '../../test/support/server-process.ts'
import { startNodeProgram, type NodeProgram } from '../services/node-program.ts'

const MAIN = join(import.meta.dirname, 'upstream.ts')

/** The bench's upstream, in a process of its own. */
export type UpstreamProcess = Pick<NodeProgram, 'pid' | 'stop'> & {
  /** What `UPSTREAM_URL` takes. */
  readonly url: string
}

/** Starts it. @param folder for what it writes */
export async function startUpstream(folder: string): Promise<UpstreamProcess> {
  const [port = 0] = await findFreePorts(1)
  const { pid, stop } = await startNodeProgram({
    args: ['--disable-warning=ExperimentalWarning', MAIN, String(port)],
    port,
    logFile: join(folder, 'upstream.log'),
  })
  return { url: `http://127.0.0.1:${port}/v1`, pid, stop }
}
