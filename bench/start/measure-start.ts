import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { START_FLAGS } from '../../test/support/start-command.ts'
import { openConnection, type Connection } from '../load/connection.ts'

/** One start of a server, from the moment that its process is made. */
export type Start = {
  /** Milliseconds until `GET /health` was answered with 200. */
  readonly healthMs: number
  /** Milliseconds that the first message took after that. */
  readonly messageMs: number
  /** Resident memory at the first answer; not a number where the system is no Linux. */
  readonly residentBytes: number
}

const HEALTH = Buffer.from('GET /health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
const STEP_MS = 2
const MAX_MS = 60_000

/**
 * Starts `server/main.ts` of a copy of the project, asks it for its health, then sends it a message,
 * and stops it.
 *
 * @param options.message all bytes of a request
 * @throws {Error} with all that it wrote, where it ends, or answers with anything but 200
 */
export async function measureStart(options: {
  readonly folder: string
  readonly port: number
  readonly env: Readonly<Record<string, string>>
  readonly message: Buffer
}): Promise<Start> {
  const { folder, port, env, message } = options
  const startedAt = performance.now()
  const main = [...START_FLAGS, join(folder, 'server/main.ts')]
  const child = spawn(process.execPath, main, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let written = ''
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const exited = once(child, 'exit')
  try {
    const connection = await connectTo(port, () => child.exitCode !== null)
    await expectRight(connection, HEALTH)
    const healthMs = performance.now() - startedAt
    const residentBytes = readResidentBytes(child.pid ?? 0)
    await expectRight(connection, message)
    const messageMs = performance.now() - startedAt - healthMs
    connection.close()
    return { healthMs, messageMs, residentBytes }
  } catch (error) {
    throw new Error(`the server does not answer:\n${written}`, { cause: error })
  } finally {
    child.kill('SIGTERM')
    await exited
  }
}

/** Measures how long Node takes to start and end with nothing to do, in milliseconds. */
export async function measureBareNode(): Promise<number> {
  const startedAt = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - startedAt
}

async function connectTo(port: number, hasEnded: () => boolean): Promise<Connection> {
  const deadline = Date.now() + MAX_MS
  for (;;) {
    try {
      return await openConnection(port)
    } catch (error) {
      if (hasEnded() || Date.now() > deadline) throw error
      await sleep(STEP_MS)
    }
  }
}

async function expectRight(connection: Connection, request: Buffer): Promise<void> {
  const { status, body } = await connection.exchange(request)
  if (status !== 200) throw new Error(`it answers ${status} ${body.toString()}`)
}

function readResidentBytes(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1]) * 1024
}
