import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo, type Demo } from '../../demo/server.ts'
import { startProbedServer, type ProbedServer } from '../../test/support/bad-input/probed-server.ts'

/** The connector as it is shipped, in a process of its own, before the demo. */
export type SoakServer = {
  readonly demo: Demo
  readonly server: ProbedServer
  readonly databaseUrl: string
  readonly close: () => Promise<void>
}

/** Starts it on an SQLite file; the rate limit counts, and is too far away to refuse. */
export async function startSoakServer(): Promise<SoakServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-soak-'))
  const databaseUrl = `sqlite:${join(folder, 'soak.db')}`
  const demo = await startDemo({ rateLimitPerMinute: Infinity })
  const remove = async () => {
    await demo.close()
    rmSync(folder, { recursive: true })
  }
  try {
    // Whoever belongs to both organizations may connect both.
    demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
    const server = await startProbedServer({ DATABASE_URL: databaseUrl, UPSTREAM_URL: demo.url })
    const close = async () => {
      if (!server.hasEnded()) await server.kill()
      await remove()
    }
    return { demo, server, databaseUrl, close }
  } catch (error) {
    await remove()
    throw error
  }
}
