import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Kysely, sql } from 'kysely'
import { createPostgresDialect } from '../../../server/store/dialect-postgres.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { StoreKind, TestStores } from '../../support/stores.ts'
import { portOf } from '../../support/port.ts'
import { until } from '../../support/until.ts'
import { openRawDatabase } from './raw-database.ts'

const now = () => 1_800_000_000_000

const postgres = storeKinds.find(({ kind }) => kind === 'postgres')
const describeWherePresent = postgres === undefined ? describe.skip : describe

describeWherePresent('a store on PostgreSQL', () => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(present())
  })
  afterAll(() => stores.close())

  /** Cuts every other connection to the database, as a restart does. */
  async function cutConnections(): Promise<void> {
    const raw = await openRawDatabase(stores.url)
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(raw)
    await raw.destroy()
  }

  it.each([
    ['the database is unknown', { pathname: '/no_such_database' }],
    ['the user is unknown', { username: 'no_such_user' }],
  ])('is unreachable where %s', async (_case, change) => {
    const url = Object.assign(new URL(stores.url), { password: 'hunter2' }, change)

    const failure = await openStore({ url: url.href, now }).catch((error: unknown) => error)

    expect(failure).toMatchObject({ name: 'StoreError', code: 'unreachable' })
    expect(inspect(failure, { depth: 10 })).not.toContain('hunter2')
  })

  it('is unusable where nothing may be created', async () => {
    const { url, drop } = await present().create()
    const readOnly = `${url}?options=-c%20default_transaction_read_only%3Don`

    const failure = await openStore({ url: readOnly, now }).catch((error: unknown) => error)

    await drop()
    expect(failure).toMatchObject({ code: 'unusable' })
    expect(String(failure)).toContain('read-only')
  })

  it('goes on after its idle connections were lost', async () => {
    const connections = 5
    await Promise.all(Array.from({ length: connections }, () => stores.store.ping()))

    await cutConnections()
    // Each may still be given to one query before its loss is known.
    for (let lost = 0; lost < connections; lost += 1) await stores.store.ping().catch(() => null)

    await stores.store.ping()
  })

  it('loses a transaction with its connection, and nothing else', async () => {
    const raw = await openRawDatabase(stores.url)
    let isCut = false

    const transaction = raw.transaction().execute(async (inside) => {
      await inside.insertInto('setting').values({ name: 'lost', value: 'x' }).execute()
      await cutConnections()
      isCut = true
      await new Promise((resolve) => setTimeout(resolve, 100))
      await inside.insertInto('setting').values({ name: 'lost-2', value: 'x' }).execute()
    })

    await expect(transaction).rejects.toThrow(/terminat|not queryable|connection/i)
    await until(() => isCut)
    expect(await raw.selectFrom('setting').selectAll().execute()).toEqual([])
    await raw.destroy()
  })

  it('gives a silent server up, and never takes its late answer for another one', async () => {
    const proxy = await startProxy(new URL(stores.url))
    const url = Object.assign(new URL(stores.url), { host: proxy.host })
    const db = new Kysely({ dialect: createPostgresDialect(url.href, 200) })
    const select = async (text: string) => (await sql`select ${text}::text as x`.execute(db)).rows
    expect(await select('before')).toEqual([{ x: 'before' }])

    proxy.pause()
    await expect(select('lost')).rejects.toThrow('timeout')
    proxy.resume()

    expect(await select('after')).toEqual([{ x: 'after' }])
    expect(proxy.connections()).toBe(2)
    await db.destroy()
    await proxy.close()
  })

  it('reads times as numbers', async () => {
    const raw = await openRawDatabase(stores.url)

    const { rows } = await sql`select ${stores.clock.now}::bigint as at`.execute(raw)

    expect(rows).toEqual([{ at: stores.clock.now }])
    await raw.destroy()
  })
})

function present(): StoreKind {
  if (postgres === undefined) throw new Error('PostgreSQL is not there')
  return postgres
}

/** Stands between a client and PostgreSQL, and can hold back what PostgreSQL says. */
async function startProxy({ hostname, port }: URL) {
  const links: { readonly socket: Socket; readonly upstream: Socket }[] = []
  const server = createServer((socket) => {
    const upstream = connect(Number(port === '' ? 5432 : port), hostname)
    links.push({ socket, upstream })
    socket.on('error', () => upstream.destroy()).pipe(upstream)
    upstream.on('error', () => socket.destroy()).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${portOf(server)}`,
    connections: () => links.length,
    pause: () => links.forEach(({ upstream }) => upstream.pause()),
    resume: () => links.forEach(({ upstream }) => upstream.resume()),
    async close() {
      for (const { socket, upstream } of links) [socket, upstream].forEach((each) => each.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}
