import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServerProcess, type ServerProcess } from '../../test/support/server-process.ts'

const RETRY_MS = 200

/** One instance, over all its lives. */
export type Instance = {
  readonly url: string
  /** When each of its lives began and ended, in milliseconds since the epoch; `Infinity` for now. */
  readonly lives: readonly Life[]
  readonly kill: () => Promise<void>
  /** Starts it again; tries again where the database is away. */
  readonly start: () => Promise<void>
  /** SIGTERM. @returns its exit code */
  readonly stop: () => Promise<number | null>
  /** Log lines of all lives at level error. */
  readonly errors: () => readonly string[]
}

/** From its first answer to its end. */
export type Life = { readonly from: number; until: number }

/**
 * Starts an instance with a spool folder of its own, which outlives it as a volume would.
 *
 * @param env what all have in common
 */
export async function startInstance(
  folder: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<Instance> {
  const spool = join(folder, `spool-${port}`)
  mkdirSync(spool)
  const lives: Life[] = []
  const logs: (() => string)[] = []
  let server: ServerProcess | null = null

  async function start(): Promise<void> {
    for (;;) {
      try {
        server = await startServerProcess(port, { ...env, AUDIT_SPOOL: spool })
        break
      } catch {
        // The database may be away just now: an orchestrator would start it again, too.
        await sleep(RETRY_MS)
      }
    }
    logs.push(server.log)
    lives.push({ from: Date.now(), until: Infinity })
  }

  function endLife(): void {
    const life = lives.at(-1)
    if (life !== undefined) life.until = Date.now()
  }

  await start()
  return {
    url: `http://127.0.0.1:${port}`,
    lives,
    start,
    async kill() {
      await server?.kill()
      endLife()
    },
    async stop() {
      const code = await server?.stop()
      endLife()
      return code ?? null
    },
    errors: () =>
      logs.flatMap((log) => log().split('\n')).filter((line) => line.includes('"level":"error"')),
  }
}
