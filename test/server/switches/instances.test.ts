import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { openTcpLink, type TcpLink } from '../../support/tcp-link.ts'
import { credentials, startFlowtly, TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { TEST_REDIS_URL, whereRedisIs } from '../../support/redis.ts'
import { callTool } from '../../support/rpc.ts'
import { startServerProcesses, type ServerProcess } from '../../support/server-process.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { call, runHere } from '../admin/deployment.ts'

/** Two processes may take so long to start beside the rest of the suite. */
const START_MS = 120_000
/** Instances that look so seldom learn of a change by a notice, or not at all. */
const NEVER_MS = 3_600_000
/** The tests ask again and again. */
const OFTEN = { RATE_LIMIT_PER_MINUTE: '1000000' }
/** What members take is counted beside what other tests' members of the same names take. */
const REDIS_URL = new URL('/9', TEST_REDIS_URL).href
const GLOBEX = credentials('owner@globex.example', 'globex')

/** One change by the operator, and what every instance answers once it knows. */
const CHANGES: readonly (readonly [
  title: string,
  args: readonly string[],
  isSeen: (url: string) => Promise<boolean>,
])[] = [
  ['a tool off', ['tools', 'off', 'projects.list', '--org', 'acme'], (url) => isUnknown(url)],
  [
    'a tool on',
    ['tools', 'on', 'projects.list', '--org', 'acme'],
    async (url) => !(await isUnknown(url)),
  ],
  ['maintenance', ['maintenance', 'on'], async (url) => (await statusOf(url)) === 503],
  ['its end', ['maintenance', 'off'], async (url) => (await statusOf(url)) === 200],
  [
    'an organization off',
    ['orgs', 'disable', 'acme'],
    async (url) => (await call(url, credentials())).error === 'mcp_disabled',
  ],
  ['and on', ['orgs', 'enable', 'acme'], async (url) => (await statusOf(url)) === 200],
  // Twice: the second is made when both have just read, and would read again by themselves much later.
  ['another signing key', ['keys', 'rotate'], async (url) => (await countKeys(url)) === 2],
  ['one more signing key', ['keys', 'rotate'], async (url) => (await countKeys(url)) === 3],
]

describe.each(storeKinds)('two server processes on one $kind database', ({ create }) => {
  let demo: Demo
  let database: TestDatabase
  let servers: readonly ServerProcess[] = []
  let env: Readonly<Record<string, string>>
  beforeAll(async () => {
    demo = await startDemo({ port: 0 })
    database = await create()
    env = { DATABASE_URL: database.url, UPSTREAM_URL: demo.url, ...OFTEN }
    servers = await startServerProcesses(2, env)
    for (const { url } of servers) await callEverywhere(url)
  }, START_MS)
  afterAll(async () => {
    for (const server of servers) await server.kill()
    await database.drop()
    await demo.close()
  })
  const admin = async (args: readonly string[]) => {
    const { code, stderr } = await runHere(args, {
      ...env,
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
    })
    if (code !== 0) throw new Error(stderr)
  }

  it.each(CHANGES)('both see %s, without Redis', async (_title, args, isSeen) => {
    await admin(args)

    await Promise.all(servers.map(({ url }) => untilSeen(() => isSeen(url))))
    if (args[0] !== 'maintenance') {
      expect((await callTool(servers[1]?.url ?? '', 'projects.list', {}, GLOBEX)).status).toBe(200)
    }
  })

  it('both refuse a connection that was ended, on the next call', async () => {
    const [one, other] = servers.map(({ url }) => url)
    const { tokens } = await connect(one ?? '')
    const statuses = () =>
      Promise.all(
        [one, other].map(
          async (url) => (await call(url ?? '', bearer(tokens.access_token))).status,
        ),
      )
    const before = await statuses()

    await admin(['grants', 'revoke', '--org', 'acme', '--yes'])

    expect(before).toEqual([200, 200])
    expect(await statuses()).toEqual([401, 401])
  })
})

whereRedisIs(describe)('two instances with Redis between them', () => {
  let demo: Demo
  let database: TestDatabase
  let link: TcpLink
  beforeAll(async () => {
    const [sqlite] = storeKinds
    if (sqlite === undefined) throw new Error('no database')
    demo = await startDemo({ port: 0 })
    database = await sqlite.create()
    link = await openTcpLink(TEST_REDIS_URL)
  })
  afterAll(async () => {
    await link.close()
    await database.drop()
    await demo.close()
  })

  const env = () => ({ DATABASE_URL: database.url, REDIS_URL: link.through(REDIS_URL), ...OFTEN })
  const start = (pollMs?: number) =>
    Promise.all([1, 2].map(() => startFlowtly(demo.url, env(), {}, pollMs)))
  const admin = (args: readonly string[]) =>
    runHere(args, {
      ...env(),
      UPSTREAM_URL: demo.url,
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
    })

  it(
    'both hear of every change, though they look by themselves next hour',
    async () => {
      const connectors = await start(NEVER_MS)
      try {
        for (const { url } of connectors) await callEverywhere(url)
        for (const [, args, isSeen] of CHANGES) {
          const { code, stderr } = await admin(args)

          await Promise.all(connectors.map(({ url }) => untilSeen(() => isSeen(url))))
          expect({ code, stderr }).not.toMatchObject({
            stderr: expect.stringContaining('REDIS_URL'),
          })
        }
      } finally {
        for (const connector of connectors) await connector.close()
      }
    },
    START_MS,
  )

  it(
    'both see a change while Redis is cut off, and the operator is told so',
    async () => {
      const connectors = await start()
      try {
        await link.cut()
        const { code, stderr } = await admin(['tools', 'off', 'projects.list', '--org', 'acme'])

        await Promise.all(connectors.map(({ url }) => untilSeen(() => isUnknown(url))))
        expect(code).toBe(0)
        expect(stderr).toBe(
          'REDIS_URL does not answer: running servers notice by themselves, in two seconds.\n',
        )
      } finally {
        await link.mend()
        await admin(['tools', 'on', 'projects.list', '--org', 'acme'])
        for (const connector of connectors) await connector.close()
      }
    },
    START_MS,
  )

  it(
    'both look what they have missed as soon as Redis is back',
    async () => {
      const connectors = await start(NEVER_MS)
      try {
        for (const { url } of connectors) await untilSeen(async () => !(await isUnknown(url)))
        await link.cut()
        await admin(['maintenance', 'on'])
        const during = await Promise.all(connectors.map(({ url }) => statusOf(url)))

        await link.mend()

        await Promise.all(
          connectors.map(({ url }) => untilSeen(async () => (await statusOf(url)) === 503)),
        )
        expect(during).toEqual([200, 200])
      } finally {
        await admin(['maintenance', 'off'])
        for (const connector of connectors) await connector.close()
      }
    },
    START_MS,
  )
})

/** Makes the organizations known, and the first signing key. */
async function callEverywhere(url: string): Promise<void> {
  await statusOf(url)
  await call(url, GLOBEX)
  await countKeys(url)
}

async function isUnknown(url: string): Promise<boolean> {
  const { error } = await callTool(url, 'projects.list')
  return error?.code === -32_602
}

async function statusOf(url: string): Promise<number> {
  return (await call(url, credentials())).status
}

async function countKeys(url: string): Promise<number> {
  const published: unknown = await (await fetch(`${url}/oauth/jwks`)).json()
  const isSet = typeof published === 'object' && published !== null && 'keys' in published
  return isSet && Array.isArray(published.keys) ? published.keys.length : 0
}

/** Waits for what another process has to do; gives up after fifteen seconds. */
async function untilSeen(isSeen: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!(await isSeen())) {
    if (Date.now() > deadline) throw new Error('still not seen')
    await sleep(25)
  }
}
