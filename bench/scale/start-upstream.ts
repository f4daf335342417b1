import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PROCESS_ENV } from '../../test/support/process-env.ts'

const MAIN = join(import.meta.dirname, 'upstream.ts')

/** The bench's upstream, in a process of its own. */
export type UpstreamProcess = {
  /** What `UPSTREAM_URL` takes. */
  readonly url: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Starts it. @throws {Error} where it ends before it listens */
export async function startUpstream(): Promise<UpstreamProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: PROCESS_ENV,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => []),
  ])
  const { pid } = child
  if (line === undefined || pid === undefined) throw new Error('the upstream has ended')
  return {
    url: `http://127.0.0.1:${String(line)}/v1`,
    pid,
    async stop() {
      child.kill()
      await exited
    },
  }
}
