import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { createRandom } from '../../../demo/seed/random.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { sha256 } from '../../../server/hash.ts'
import { bearer, claimsOf, connect, refreshTokens } from '../../support/oauth-client.ts'
import { startRefreshLoad, type Refresher } from '../../support/refresh-load.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import {
  findFreePorts,
  startServerProcess,
  type ServerProcess,
} from '../../support/server-process.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const CONNECTIONS = 20
/** The server is killed at least so often, and during at least so many refreshes. */
const LEAST = {
  sqlite: { kills: 16, refreshes: 200 },
  postgres: { kills: 8, refreshes: 200 },
}
/** When: after so many requests have begun, and so long after the last of them. */
const MAX_REQUESTS = 50
const MIN_DELAY_MS = 5
const MAX_DELAY_MS = 80

describe.each(storeKinds)('a server on $kind that is killed', ({ kind, create }) => {
  let demo: Demo
  let database: TestDatabase
  let server: ServerProcess
  let start: () => Promise<ServerProcess>

  beforeEach(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    database = await create()
    const [port = 0] = await findFreePorts(1)
    const env = { DATABASE_URL: database.url, UPSTREAM_URL: demo.url }
    start = () => startServerProcess(port, env)
    server = await start()
  })

  afterEach(async () => {
    await server.kill()
    await database.drop()
    await demo.close()
  })

  it('loses no connection: a retry with the last answered token always goes on', async () => {
    const seed = Date.now() % 1_000_000
    const random = createRandom(seed)
    const origin = server.url
    const refreshers = await openConnections(origin)
    const load = startRefreshLoad(origin, refreshers)
    const answered = () => refreshers.reduce((sum, { refreshes }) => sum + refreshes, 0)
    let lostAnswers = 0

    for (
      let kills = 0;
      kills < LEAST[kind].kills || answered() < LEAST[kind].refreshes;
      kills += 1
    ) {
      await load.resume(random.integer(1, MAX_REQUESTS))
      await sleep(random.integer(MIN_DELAY_MS, MAX_DELAY_MS))
      await server.kill()
      await load.pause()
      lostAnswers += await noteSpent(database.url, refreshers)
      server = await start()
    }
    await load.finish()

    const complaints = refreshers.flatMap((refresher) => refresher.complaints)
    const leases = refreshers.reduce((sum, refresher) => sum + refresher.leases, 0)
    expect({ seed, complaints }).toEqual({ seed, complaints: [] })
    expect(lostAnswers).toBeGreaterThan(0)
    expect(leases).toBeGreaterThan(0)
    expect(leases).toBeLessThanOrEqual(lostAnswers)
    for (const { client, tokens } of refreshers) {
      const last = await refreshTokens(origin, client, tokens.refresh_token)
      expect({ seed, status: last.status }).toEqual({ seed, status: 200 })
      const answer = await callTool(origin, 'taxGroups.list', {}, bearer(last.access_token))
      expect(resultOf(answer)).toHaveProperty('data')
    }
  }, 120_000)
})

async function openConnections(origin: string): Promise<readonly Refresher[]> {
  const refreshers: Refresher[] = []
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const { client, tokens } = await connect(origin)
    refreshers.push({
      ...{ client, tokens, isUnanswered: false, spentAt: null },
      ...{ refreshes: 0, leases: 0, complaints: [] },
    })
  }
  return refreshers
}

/**
 * Looks, while no server runs, at what the crash left: each connection has exactly one token that
 * was not used, and those without an answer learn whether their own is spent.
 *
 * @returns how many answers were lost after their commit
 */
async function noteSpent(url: string, refreshers: readonly Refresher[]): Promise<number> {
  const db = await openRawDatabase(url)
  try {
    if (url.startsWith('postgres')) await untilAlone(() => countOthers(db))
    const rows = await db
      .selectFrom('model')
      .select(['id', 'grantId', 'consumedAt'])
      .where('model', '=', 'RefreshToken')
      .execute()
    let lost = 0
    for (const { tokens } of refreshers) {
      const grantId = claimsOf(tokens.access_token)['gid']
      const unused = rows.filter((row) => row.grantId === grantId && row.consumedAt === null)
      expect(unused).toHaveLength(1)
    }
    for (const refresher of refreshers.filter(({ isUnanswered }) => isUnanswered)) {
      const own = rows.find(({ id }) => id === sha256(refresher.tokens.refresh_token))
      if (own === undefined) throw new Error('the last answered token is gone')
      if (own.consumedAt !== null && own.consumedAt !== refresher.spentAt) lost += 1
      refresher.spentAt = own.consumedAt
    }
    return lost
  } finally {
    await db.destroy()
  }
}

async function countOthers(db: Awaited<ReturnType<typeof openRawDatabase>>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
  `.execute(db)
  return Number(rows[0]?.count)
}

async function untilAlone(count: () => Promise<number>): Promise<void> {
  while ((await count()) > 0) await sleep(20)
}
