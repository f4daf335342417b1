import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_RATE_LIMIT, TEST_SECRET_KEY } from './flowtly.ts'
import { PROCESS_ENV } from './process-env.ts'
import { START_COMMAND } from './start-command.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Below the range that the system gives to outgoing connections, so that a port stays free while its server is down. */
const LOWEST_PORT = 20_000
const PORT_COUNT = 12_000

/** The server as it is deployed: a process of its own. */
export type ServerProcess = {
  /** Where it answers; `PUBLIC_URL` may be another's. */
  readonly url: string
  readonly pid: number
  /** All that it has written to its log. */
  readonly log: () => string
  /** All that it has written to standard output. */
  readonly output: () => string
  readonly hasEnded: () => boolean
  /** Ends it at once, in the middle of whatever it does (`SIGKILL`). */
  readonly kill: () => Promise<void>
  /** Lets it finish what runs (`SIGTERM`). @returns its exit code */
  readonly stop: () => Promise<number | null>
}

/**
 * Starts `server/main.ts` and resolves once it answers.
 *
 * @param port a free one, for example of `findFreePorts`
 * @param env beside `PORT`, `SECRET_KEY`, which is the same for all, and `AUDIT_SPOOL`, which is
 *   removed with the process
 * @param folder of another copy of the project; this one by default
 * @throws {Error} with all that it wrote, where it ends before it answers
 */
export async function startServerProcess(
  port: number,
  env: Readonly<Record<string, string>>,
  folder = ROOT,
): Promise<ServerProcess> {
  const spool = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  const child = spawn(process.execPath, START_COMMAND, {
    cwd: folder,
    env: {
      ...PROCESS_ENV,
      PORT: String(port),
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
      LOG_LEVEL: 'warn',
      AUDIT_SPOOL: spool,
      ...NO_RATE_LIMIT,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  let output = ''
  // The banner is the last thing of a start, and the server answers before it.
  const shown = Promise.withResolvers<true>()
  const look = (text: string) => {
    if (text.includes('\n  health ')) shown.resolve(true)
  }
  child.stderr.on('data', (chunk: Buffer) => look((written += chunk.toString())))
  child.stdout.on('data', (chunk: Buffer) => look((output += chunk.toString())))
  const exited = once(child, 'exit').finally(() => rmSync(spool, { recursive: true }))
  const isUp = await Promise.race([shown.promise, exited.then(() => false)])
  const { pid } = child
  if (!isUp || pid === undefined) throw new Error(`the server has ended:\n${written}`)

  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    log: () => written,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

/**
 * Starts several that share an issuer, the first one's address; if one fails, none goes on.
 *
 * @param env beside `PUBLIC_URL`, the same for all
 */
export async function startServerProcesses(
  count: number,
  env: Readonly<Record<string, string>>,
): Promise<readonly ServerProcess[]> {
  const ports = await findFreePorts(count)
  const shared = { PUBLIC_URL: `http://127.0.0.1:${ports[0] ?? 0}`, ...env }
  const starts = await Promise.allSettled(ports.map((port) => startServerProcess(port, shared)))
  const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed === undefined) return servers
  await Promise.all(servers.map((server) => server.kill()))
  throw failed.reason
}

/** Finds ports that nobody listens on, all different. */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORT_COUNT)
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}
