import { randomUUID } from 'node:crypto'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../../demo/server.ts'
import { openStore } from '../../../../server/store/open-store.ts'
import type { Store } from '../../../../server/store/store.ts'
import { startHttpReceiver, type HttpReceiver } from '../../../support/audit/http-receiver.ts'
import { idOf } from '../../../support/audit/id-of.ts'
import { credentials } from '../../../support/flowtly.ts'
import { callTool } from '../../../support/rpc.ts'
import {
  findFreePorts,
  startServerProcess,
  type ServerProcess,
} from '../../../support/server-process.ts'
import { storeKinds, type TestDatabase } from '../../../support/stores.ts'
import { readAll } from '../fixture.ts'

/** In each round the server is killed after so many answers, with others of them under way. */
const KILL_AFTER = [40, 25, 10]
const WORKERS = 5
const MAX_WAIT_MS = 30_000

describe.each(storeKinds)('a server on $kind that is killed', ({ create }) => {
  let demo: Demo
  let database: TestDatabase
  let store: Store
  let web: HttpReceiver
  let folder: string
  let server: ServerProcess
  let start: () => Promise<ServerProcess>

  beforeEach(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    database = await create()
    store = await openStore({ url: database.url, now: Date.now })
    web = await startHttpReceiver({ tls: true })
    folder = await mkdtemp(join(tmpdir(), 'sluice-killed-'))
    await writeFile(join(folder, 'ca.pem'), web.ca)
    const [port = 0] = await findFreePorts(1)
    start = () =>
      startServerProcess(port, {
        DATABASE_URL: database.url,
        UPSTREAM_URL: demo.url,
        AUDIT_SPOOL: join(folder, 'spool'),
        AUDIT_SINKS: `${web.origin}/events,file:${join(folder, 'later', 'audit.jsonl')}`,
        AUDIT_SINK_KEY: 'signs-what-is-posted',
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      })
    server = await start()
  })

  afterEach(async () => {
    await server.kill()
    await store.close()
    await web.close()
    await database.drop()
    await demo.close()
    await rm(folder, { recursive: true })
  })

  /** Calls from several sides until the server is killed. @returns the ids of the answered calls */
  async function callUntilKilled(killAfter: number): Promise<readonly string[]> {
    const answered: string[] = []
    async function callOn(): Promise<void> {
      for (;;) {
        const id = randomUUID()
        const headers = { ...credentials(), 'x-request-id': id }
        const answer = await callTool(server.url, 'taxGroups.list', {}, headers).catch(() => null)
        if (answer?.result === undefined) return
        answered.push(id)
        if (answered.length === killAfter) void server.kill()
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, callOn))
    await server.kill()
    return answered
  }

  async function readStored() {
    const chains = await store.auditEvents.listChains()
    const rows = await Promise.all(chains.map((each) => readAll(store.auditEvents, each)))
    return rows
      .flat()
      .map(({ event, body }) => ({ requestId: String(event.requestId), id: idOf(body) }))
  }

  /** Lines by the ids of their events. A kill may leave a broken one, which is nobody's. */
  const byId = (lines: readonly string[]) =>
    Map.groupBy(
      lines.filter((line) => line.startsWith('{') && line.endsWith('}')),
      idOf,
    )
  const readLog = async () =>
    byId((await readFile(join(folder, 'later', 'audit.jsonl'), 'utf8')).split('\n'))

  it('brings its sinks every event after a restart; one that comes twice has the same id', async () => {
    const answered: string[] = []
    const unheard: string[] = []
    const heard: string[] = []
    // In the first round both are away; then the hook takes what comes, and nobody hears that it did.
    web.reply(() => ({ status: 503 }))
    for (const killAfter of KILL_AFTER) {
      answered.push(...(await callUntilKilled(killAfter)))
      await mkdir(join(folder, 'later'), { recursive: true })
      web.reply(({ body }) => {
        unheard.push(...body.split('\n'))
        return 'hang'
      })
      server = await start()
    }
    await server.kill()
    web.reply(({ body }) => {
      heard.push(...body.split('\n'))
      return { status: 200 }
    })
    server = await start()
    const deadline = Date.now() + MAX_WAIT_MS
    const isThere = async () => {
      const [stored, log] = [await readStored(), await readLog().catch(() => byId([]))]
      const hook = byId(heard)
      const known = new Set(stored.map(({ requestId }) => requestId))
      return (
        answered.every((id) => known.has(id)) &&
        stored.every(({ id }) => hook.has(id) && log.has(id))
      )
    }
    while (!(await isThere()) && Date.now() < deadline) await wait(50)
    await server.stop()

    const stored = await readStored()
    const requests = stored.map(({ requestId }) => requestId)
    const ids = stored.map(({ id }) => id).toSorted()
    const [hook, log, early] = [byId(heard), await readLog(), byId(unheard)]
    const all = [...byId([...heard, ...unheard]).values(), ...log.values()]
    expect(answered.length).toBeGreaterThanOrEqual(75)
    expect(answered.filter((id) => requests.filter((each) => each === id).length !== 1)).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect([...hook.keys()].toSorted()).toEqual(ids)
    expect([...log.keys()].toSorted()).toEqual(ids)
    expect(early.size).toBeGreaterThan(0)
    expect([...early.keys()].filter((id) => !hook.has(id))).toEqual([])
    expect(all.filter((lines) => new Set(lines).size > 1)).toEqual([])
  }, 120_000)
})
