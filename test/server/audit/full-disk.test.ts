import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { idOf } from '../../support/audit/id-of.ts'
import { credentials } from '../../support/flowtly.ts'
import { canFillDisk, fillDisk, freeDisk } from '../../support/full-disk.ts'
import { REDIRECT_URI } from '../../support/oauth-client.ts'
import { callTool, post } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'
import {
  findFreePorts,
  startServerProcess,
  type ServerProcess,
} from '../../support/server-process.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { until } from '../../support/until.ts'
import { readAll } from './fixture.ts'

const CALLS = 20
/** What memory holds, and more than that. */
const MAX_HELD = 10_000
const PINGS = 10_400
/** Messages of one batch, and how many batches are sent at once. */
const BATCH = 20
const WORKERS = 4
const whereDiskCanBeFull = canFillDisk ? describe : describe.skip

whereDiskCanBeFull.each(storeKinds)('a server on $kind whose disk takes nothing', (kind) => {
  let demo: Demo
  let database: TestDatabase
  let server: ServerProcess
  beforeEach(async () => {
    demo = await startDemo()
    database = await kind.create()
    const [port = 0] = await findFreePorts(1)
    server = await startServerProcess(port, {
      DATABASE_URL: database.url,
      UPSTREAM_URL: demo.url,
      AUDIT_SINKS: 'stdout',
      LOG_LEVEL: 'info',
    })
  })
  afterEach(async () => {
    await server.kill()
    await database.drop()
    await demo.close()
  })

  /** Calls a tool some times. @returns the ids of the calls that were answered as they should be */
  async function callSome(): Promise<readonly string[]> {
    const answered: string[] = []
    for (let count = 0; count < CALLS; count += 1) {
      const id = randomUUID()
      const headers = { ...credentials(), 'x-request-id': id }
      const answer = await callTool(server.url, 'taxGroups.list', {}, headers)
      if (answer.result !== undefined) answered.push(id)
    }
    return answered
  }

  async function pingMany(): Promise<void> {
    const messages = Array.from({ length: BATCH }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'ping',
    }))
    let left = PINGS / BATCH
    async function pingOn(): Promise<void> {
      while (left > 0) {
        left -= 1
        const { status } = await post(`${server.url}/mcp`, JSON.stringify(messages))
        expect(status).toBe(200)
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, pingOn))
  }

  /** What it says of its audit log. */
  async function look() {
    const ready = await fetch(`${server.url}/ready`)
    const body: unknown = await ready.json()
    const figures = await scrape(server.url)
    return { http: ready.status, body, isUp: figures.sum('sluice_audit_spool_up') }
  }

  async function readRequests(): Promise<readonly string[]> {
    const store = await openStore({ url: database.url, now: Date.now })
    const events = await readAll(store.auditEvents, 'acme')
    await store.close()
    return events.map(({ event }) => String(event.requestId))
  }

  it('answers calls, says what is wrong, and has every event on record once there is room', async () => {
    const before = await callSome()
    const well = await look()
    fillDisk(server.pid)
    const meanwhile = await callSome()
    const full = await look()
    freeDisk(server.pid)
    await until(() => server.log().includes('"audit_spool_recovered"'))
    const after = await callSome()
    const back = await look()
    const code = await server.stop()

    const all = [...before, ...meanwhile, ...after]
    const stored = await readRequests()
    expect(all).toHaveLength(3 * CALLS)
    expect(stored.toSorted()).toEqual(all.toSorted())
    expect(all.filter((id) => !server.output().includes(id))).toEqual([])
    expect(well).toMatchObject({ http: 200, isUp: 1, body: { checks: { audit: { lost: 0 } } } })
    expect(full).toMatchObject({
      ...{ http: 200, isUp: 0 },
      body: { status: 'degraded', checks: { audit: { status: 'degraded', spool: 'degraded' } } },
    })
    expect(back).toMatchObject({ http: 200, isUp: 1, body: { checks: { audit: { spool: 'ok' } } } })
    expect(server.log().match(/"audit_spool_failed"/g)).toHaveLength(1)
    expect(code).toBe(0)
  }, 60_000)

  it('stops in good order all the same, and leaves every event with a store that takes it', async () => {
    await callSome()
    fillDisk(server.pid)
    const meanwhile = await callSome()
    const code = await server.stop()

    const stored = new Set(await readRequests())
    const isKept = kind.kind === 'postgres'
    expect(code).toBe(0)
    expect(meanwhile.filter((id) => stored.has(id))).toHaveLength(isKept ? CALLS : 0)
    expect(server.log()).toContain(
      `"event":"${isKept ? 'audit_not_sent' : 'audit_lost'}","count":${CALLS}`,
    )
  }, 60_000)

  if (kind.kind === 'sqlite') {
    it('counts what memory has no room for, and has that on record once there is room', async () => {
      // The first call of an organization is written down.
      await callSome()
      fillDisk(server.pid)
      await pingMany()
      const full = await scrape(server.url)
      freeDisk(server.pid)
      await until(() => server.output().includes('"audit.dropped"'))
      const code = await server.stop()

      const lost = full.sum('sluice_audit_lost_events_total')
      const lines = server.output().split('\n')
      const told = lines.filter((line) => line.includes('"audit.dropped"'))
      const pings = new Set(lines.filter((line) => line.includes('"method":"ping"')).map(idOf))
      expect(lost).toBe(PINGS - MAX_HELD)
      expect(told).toEqual([expect.stringContaining(`"subject":"store","count":${lost},`)])
      expect(pings.size).toBe(MAX_HELD)
      expect(code).toBe(0)
    }, 60_000)

    it('asks those to come back for whom it has to write, and then serves them', async () => {
      const register = async () => {
        const answer = await fetch(`${server.url}/oauth/register`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ redirect_uris: [REDIRECT_URI] }),
        })
        return { status: answer.status, text: await answer.text() }
      }
      fillDisk(server.pid)
      const refused = await register()
      freeDisk(server.pid)
      const registered = await register()

      expect(refused.status).toBe(503)
      expect(refused.text).toContain('"store_unavailable"')
      expect(registered.status).toBe(201)
      expect(server.log()).not.toContain('unplanned_error')
    }, 60_000)
  }
})
