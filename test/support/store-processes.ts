import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import type { Command } from './store-worker.ts'

/** Long enough for a command to reach every process before the moment it is for. */
const LEAD_MS = 12

const replySchema = z.union([
  z.object({ value: z.union([z.boolean(), z.number(), z.string()]) }),
  z.object({ error: z.string() }),
])

/** Several processes, each with a store of its own. */
export type StoreProcesses = {
  /**
   * Has all of them do the same thing at the same moment.
   *
   * @param mine what each of them writes, by its number
   * @returns what each of them answered
   */
  readonly all: (
    action: Command['action'],
    subject: string,
    mine?: (index: number) => string,
  ) => Promise<readonly (boolean | number | string)[]>
  readonly end: () => Promise<void>
}

/** Starts processes; they have no store until they are told to open one. */
export async function startStoreProcesses(count: number): Promise<StoreProcesses> {
  const children = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'store-worker.ts'), { execArgv: [], env: {} }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  return {
    all: (action, subject, mine = String) => {
      const at = Date.now() + LEAD_MS
      return Promise.all(
        children.map((child, index) => ask(child, { action, subject, mine: mine(index), at })),
      )
    },
    async end() {
      await Promise.all(
        children.map(async (child) => {
          const ended = once(child, 'exit')
          child.disconnect()
          await ended
        }),
      )
    },
  }
}

async function ask(child: ChildProcess, command: Command): Promise<boolean | number | string> {
  const replied = once(child, 'message')
  child.send(command)
  const reply = replySchema.parse((await replied)[0])
  if ('error' in reply) throw new Error(`${command.action} failed: ${reply.error}`)
  return reply.value
}
