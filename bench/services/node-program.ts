import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isListening } from './redis-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const STEP_MS = 5
const MAX_START_MS = 30_000

/** A Node program that listens, in a process of its own. */
export type NodeProgram = {
  readonly port: number
  readonly pid: number
  /** All that it has written. */
  readonly log: () => string
  /** SIGTERM. @returns its exit code */
  readonly stop: () => Promise<number | null>
}

/**
 * Starts a program and resolves once it listens.
 *
 * @param options.args of Node: the script and its arguments
 * @param options.env all that it has beside `PATH`
 * @param options.logFile where its output goes, as an operator would let it, so that nobody has to
 *   read it meanwhile
 * @param options.core the only one that it may run on; any where it is `null`. Needs `taskset`.
 * @param options.folder where it runs; the project's by default
 * @throws {Error} with all that it wrote, where it ends before it listens or takes half a minute
 */
export async function startNodeProgram(options: {
  readonly args: readonly string[]
  readonly port: number
  readonly logFile: string
  readonly env?: Readonly<Record<string, string>>
  readonly core?: number | null
  readonly folder?: string
}): Promise<NodeProgram> {
  const { args, port, logFile, env = {}, core = null, folder = ROOT } = options
  const command = [...(core === null ? [] : ['taskset', '-c', String(core)]), process.execPath]
  const [program = '', ...before] = command
  const output = openSync(logFile, 'w')
  const child = spawn(program, [...before, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const exited = once(child, 'exit')
  const log = () => readFileSync(logFile, 'utf8')
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  async function stop(): Promise<number | null> {
    child.kill('SIGTERM')
    await exited
    return child.exitCode
  }

  const deadline = Date.now() + MAX_START_MS
  while (!(await isListening(port))) {
    if (hasEnded()) throw new Error(`${args.join(' ')} has ended:\n${log()}`)
    if (Date.now() > deadline) {
      await stop()
      throw new Error(`${args.join(' ')} does not listen:\n${log()}`)
    }
    await sleep(STEP_MS)
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`${args.join(' ')} has no process`)
  return { port, pid, log, stop: () => (hasEnded() ? Promise.resolve(child.exitCode) : stop()) }
}
