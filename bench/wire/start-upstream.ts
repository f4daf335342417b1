import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'

const MAIN = join(import.meta.dirname, 'upstream.ts')

const started = z.object({
  origin: z.string(),
  ca: z.string(),
  bytes: z.record(z.string(), z.number()),
})

/** The upstream that ways are compared with, in a process of its own. */
export type WireUpstream = {
  readonly origin: string
  readonly ca: string
  /** How long each body is as it is sent, by its path. */
  readonly bytes: Readonly<Record<string, number>>
  readonly stop: () => void
}

/** Starts it. */
export async function startUpstream(): Promise<WireUpstream> {
  const child = fork(MAIN, { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const messages: readonly unknown[] = await once(child, 'message')
  return { ...started.parse(messages[0]), stop: () => child.disconnect() }
}
