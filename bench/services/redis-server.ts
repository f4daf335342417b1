import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram, start } from './programs.ts'

const STEP_MS = 20

/** A Redis of its own that keeps nothing: what it knew is gone with it. */
export type RedisServer = {
  readonly url: string
  /** 0 while it is stopped. */
  readonly pid: () => number
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Neither answers nor refuses, as a machine that swaps. */
  readonly stall: () => void
  readonly wake: () => void
}

/** Starts it. @throws {Error} that says what is missing */
export async function startRedis(folder: string, port: number): Promise<RedisServer> {
  const program = findProgram('redis-server', 'redis-server')
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  let child: ChildProcess | null = null

  async function go(): Promise<void> {
    child = start(program, args)
    while (!(await isListening(port))) {
      if (child.exitCode !== null) throw new Error('redis-server has ended')
      await sleep(STEP_MS)
    }
  }

  async function stop(): Promise<void> {
    if (child === null) return
    const ended = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    await ended
    child = null
  }

  await go()
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => child?.pid ?? 0,
    start: go,
    stop,
    stall: () => void child?.kill('SIGSTOP'),
    wake: () => void child?.kill('SIGCONT'),
  }
}

/** Answers whether somebody listens on a port of this machine. */
export function isListening(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('connect', () => resolve(true))
  socket.on('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
