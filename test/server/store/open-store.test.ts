import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { migrate } from '../../../server/store/migrate.ts'
import { MIGRATIONS } from '../../../server/store/migrations.ts'
import type { Migration } from '../../../server/store/migrations.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { portOf } from '../../support/port.ts'
import { storeKinds } from '../../support/stores.ts'
import type { TestDatabase } from '../../support/stores.ts'
import { openRawDatabase } from './raw-database.ts'

const now = () => 1_800_000_000_000

/** What a version left that had no console. */
const BEFORE_CONSOLE = [
  `insert into organization (id, name, status, created_at, changed_at)
    values ('off', 'Off', 'disabled', 1, 1), ('on', 'On', 'active', 1, 1)`,
  `insert into audit_event
    (organization_id, sequence, id, at, type, outcome, member_id, body, hash)
    values ('off', 1, 'e1', 1, 'mcp.request', 'success', 'm1', '{}', 'x')`,
]

/** What opening a store fails with. */
async function failureOf(url: string, create = true): Promise<unknown> {
  const opened = await openStore({ url, now, create }).catch((error: unknown) => ({ error }))
  if ('error' in opened) return opened.error
  await opened.close()
  return null
}

describe.each(storeKinds)('opening a store on $kind', ({ kind, create }) => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await create()
  })
  afterEach(() => database.drop())

  /** Brings the schema to the state of another version. */
  async function migrateTo(migrations: readonly Migration[]): Promise<void> {
    const raw = await openRawDatabase(database.url)
    try {
      await migrate(raw, { kind, now, place: 'test', migrations })
    } finally {
      await raw.destroy()
    }
  }

  it('creates the schema once, and finds the data again', async () => {
    const first = await openStore({ url: database.url, now })
    await first.organizations.see('acme', 'Acme', 'active')
    await first.close()

    const second = await openStore({ url: database.url, now })
    const found = await second.organizations.find('acme')
    await second.close()

    expect(found).toMatchObject({ name: 'Acme' })
  })

  it('refuses the schema of a newer version, and leaves it as it is', async () => {
    await migrateTo([...MIGRATIONS, ['create table later (id text primary key)']])

    const failure = await failureOf(database.url)

    expect(failure).toMatchObject({ name: 'StoreError', code: 'newer_schema' })
    expect(String(failure)).toMatch(
      new RegExp(
        `has schema ${MIGRATIONS.length + 1}, this version knows up to ${MIGRATIONS.length}: start`,
      ),
    )
  })

  it('adds the steps that an older version did not know, and keeps the data', async () => {
    const store = await openStore({ url: database.url, now })
    await store.organizations.see('acme', 'Acme', 'active')
    await store.close()

    await migrateTo([...MIGRATIONS, [`alter table organization add column later text default 'x'`]])

    const raw = await openRawDatabase(database.url)
    const { rows } = await sql`select id, later from organization`.execute(raw)
    await raw.destroy()
    expect(rows).toEqual([{ id: 'acme', later: 'x' }])
  })

  it('takes what was switched off and recorded before there was a console along', async () => {
    await migrateTo(MIGRATIONS.slice(0, 2))
    const raw = await openRawDatabase(database.url)
    for (const statement of BEFORE_CONSOLE) await sql.raw(statement).execute(raw)
    await raw.destroy()

    const store = await openStore({ url: database.url, now })
    const organizations = await store.organizations.list()
    const events = await store.auditEvents.list({ organizationId: 'off', memberId: 'm1' }, 5)
    const others = await store.auditEvents.list({ organizationId: 'off', memberId: 'm2' }, 5)
    await store.close()

    expect(organizations.map(({ id, switchedOffBy }) => [id, switchedOffBy])).toEqual([
      ['off', 'operator'],
      ['on', null],
    ])
    expect(events.map(({ id }) => id)).toEqual(['e1'])
    expect(others).toEqual([])
  })

  it.each([
    ['absent', []],
    ['newer_schema', [...MIGRATIONS, ['create table later (id text primary key)']]],
  ] as const)('is left alone by a visitor where the schema is %s', async (code, migrations) => {
    if (migrations.length > 0) await migrateTo(migrations)

    expect(await failureOf(database.url, false)).toMatchObject({ code })

    const raw = await openRawDatabase(database.url)
    const version = raw.selectFrom('schemaVersion').selectAll().execute()
    await (code === 'absent'
      ? expect(version).rejects.toThrow(/schema_version/)
      : expect(version).resolves.toHaveLength(MIGRATIONS.length + 1))
    await raw.destroy()
  })

  it('is open to a visitor once the server was started', async () => {
    await migrateTo(MIGRATIONS)

    expect(await failureOf(database.url, false)).toBeNull()
  })

  it('takes no step at all where one fails', async () => {
    const broken = [...MIGRATIONS, ['create table later (id text)', 'create table broken (']]

    await expect(migrateTo(broken)).rejects.toThrow(/syntax|incomplete/)

    const raw = await openRawDatabase(database.url)
    await expect(sql`select * from model`.execute(raw)).rejects.toThrow(/model/)
    await raw.destroy()
    expect(await failureOf(database.url)).toBeNull()
  })

  it('refuses a database with tables of another program', async () => {
    const raw = await openRawDatabase(database.url)
    await sql`create table client (id text)`.execute(raw)
    await raw.destroy()

    const failure = await failureOf(database.url)

    expect(failure).toMatchObject({ code: 'unusable' })
    expect(String(failure)).toMatch(/"client"|client already exists/)
  })

  it('is no longer ready after it was closed', async () => {
    const store = await openStore({ url: database.url, now })
    await store.ping()

    await store.close()
    await store.close()

    await expect(store.ping()).rejects.toThrow()
  })
})

describe('an unusable DATABASE_URL', () => {
  it.each([
    ['empty', ''],
    ['no URL', 'data/sluice.db'],
    ['of another database', 'mysql://root:hunter2@localhost/sluice'],
    ['without a path', 'sqlite:'],
    ['with a host for a file', 'sqlite://data/sluice.db'],
    ['without a database', 'postgres://sluice:hunter2@localhost:5432'],
    ['without a database, with a slash', 'postgresql://sluice:hunter2@localhost/'],
  ])('is refused where it is %s, without repeating it', async (_case, url) => {
    const failure = await failureOf(url)

    expect(failure).toMatchObject({ code: 'unusable' })
    expect(inspect(failure)).toContain('for example sqlite:./data/sluice.db')
    expect(inspect(failure)).not.toContain('hunter2')
  })
})

describe('a store in a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-file-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('makes folder and files that only their owner reads', async () => {
    const place = join(folder, 'new', 'folder')
    const store = await openStore({ url: `sqlite:${join(place, 'sluice.db')}`, now })
    await store.organizations.see('acme', 'Acme', 'active')

    const files = await readdir(place)
    const modes = await Promise.all(
      [place, ...files.map((file) => join(place, file))].map(
        async (path) => (await stat(path)).mode & 0o777,
      ),
    )
    await store.close()

    expect(files.sort()).toEqual(['sluice.db', 'sluice.db-shm', 'sluice.db-wal'])
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600])
  })

  it('has what it answered on the disk', async () => {
    const raw = await openRawDatabase(`sqlite:${join(folder, 'pragmas.db')}`)

    const { rows: journal } = await sql`pragma journal_mode`.execute(raw)
    const { rows: synchronous } = await sql`pragma synchronous`.execute(raw)
    await raw.destroy()

    expect(journal).toEqual([{ journalMode: 'wal' }])
    expect(synchronous).toEqual([{ synchronous: 2 }])
  })

  it.each([
    ['is no database', 'text.db'],
    ['is a folder', 'folder.db'],
    ['is below a file', 'text.db/sluice.db'],
  ])('is refused where it %s', async (_case, name) => {
    await writeFile(join(folder, 'text.db'), 'This is a letter, and not a database.'.repeat(100))
    await mkdir(join(folder, 'folder.db'), { recursive: true })

    const failure = await failureOf(`sqlite:${join(folder, name)}`)

    expect(failure).toMatchObject({ code: 'unusable' })
    expect(String(failure)).toContain(join(folder, name))
  })

  it('may be in memory, each on its own', async () => {
    const one = await openStore({ url: 'sqlite::memory:', now })
    const other = await openStore({ url: 'sqlite::memory:', now })

    await one.organizations.see('acme', 'Acme', 'active')

    expect(await one.organizations.find('acme')).not.toBeNull()
    expect(await other.organizations.find('acme')).toBeNull()
    await one.close()
    await other.close()
  })

  it('lets no query in between those of a transaction', async () => {
    const raw = await openRawDatabase('sqlite::memory:')
    await migrate(raw, { kind: 'sqlite', now, place: 'test' })
    const value = { name: 'name', value: 'value' }
    const { promise: mayFail, resolve: fail } = Promise.withResolvers<undefined>()

    const transaction = raw.transaction().execute(async (inside) => {
      await inside.insertInto('setting').values(value).execute()
      await mayFail
      throw new Error('changed its mind')
    })
    const outside = raw.insertInto('setting').values(value).execute()
    fail(undefined)

    await expect(transaction).rejects.toThrow('changed its mind')
    await outside
    expect(await raw.selectFrom('setting').selectAll().execute()).toEqual([value])
    await raw.destroy()
  })
})

describe('a server that is no PostgreSQL', () => {
  it.each([
    ['refuses connections', false],
    ['hangs up', true],
  ])('is unreachable where it %s, and the password stays a secret', async (_case, isThere) => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = `127.0.0.1:${portOf(server)}`
    if (!isThere) server.close()

    const failure = await failureOf(
      `postgres://sluice:hunter2@${address}/sluice?application_name=hunter2`,
    )

    server.close()
    expect(failure).toMatchObject({ code: 'unreachable' })
    expect(String(failure)).toContain(`no connection to postgres://${address}/sluice (`)
    expect(inspect(failure, { depth: 10 })).not.toContain('hunter2')
  })
})
