import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { serveTelemetry } from '../../support/all-figures.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startChanged } from '../../support/connectors.ts'
import { TEST_REDIS_URL, uniqueConnectorName, whereRedisIs } from '../../support/redis.ts'
import { callTool } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'
import { storeKinds } from '../../support/stores.ts'
import { openTcpLink, type TcpLink } from '../../support/tcp-link.ts'

/** What a server says of itself, with the HTTP status. */
async function askReady(url: string) {
  const answer = await fetch(`${url}/ready`)
  const body: unknown = await answer.json()
  return { http: answer.status, body }
}

/** Asks until the answer has this HTTP status. */
async function waitForReady(url: string, http: number) {
  let last = await askReady(url)
  const deadline = Date.now() + 15_000
  while (last.http !== http && Date.now() < deadline) last = await askReady(url)
  return last
}

const [postgres] = storeKinds.filter(({ kind }) => kind === 'postgres')
const wherePostgresIs = postgres === undefined ? describe.skip : describe

wherePostgresIs('a server whose PostgreSQL', () => {
  let demo: Demo
  let link: TcpLink
  let drop: () => Promise<void>
  let server: TestConnector

  beforeAll(async () => {
    if (postgres === undefined) throw new Error('no PostgreSQL')
    const database = await postgres.create()
    drop = database.drop
    demo = await startDemo({ port: 0 })
    link = await openTcpLink(database.url)
    server = await startFlowtly(demo.url, { DATABASE_URL: link.through(database.url) })
  })
  afterEach(() => link.mend())
  afterAll(async () => {
    await server.close()
    await link.close()
    await demo.close()
    await drop()
  })

  it('answers is ready', async () => {
    expect(await askReady(server.url)).toMatchObject({
      http: 200,
      body: { status: 'ok', checks: { store: { status: 'ok' } } },
    })
    expect((await scrape(server.url)).sum('sluice_store_up')).toBe(1)
  })

  it('is down is not, and is again as soon as it is back', async () => {
    await link.cut()

    const away = await waitForReady(server.url, 503)
    const figures = await scrape(server.url)
    await link.mend()
    const back = await waitForReady(server.url, 200)

    expect(away.body).toMatchObject({
      status: 'unavailable',
      checks: { store: { status: 'unavailable' } },
    })
    expect(figures.sum('sluice_store_up')).toBe(0)
    expect(back.body).toMatchObject({ status: 'ok' })
  })

  it('is silent is not, and answers that in bounded time, as it does every other request', async () => {
    link.stall()

    const away = await waitForReady(server.url, 503)
    const health = await fetch(`${server.url}/health`)
    await link.mend()
    const back = await waitForReady(server.url, 200)

    expect(away.body).toMatchObject({ status: 'unavailable' })
    expect(health.status).toBe(200)
    expect(back.body).toMatchObject({ status: 'ok' })
  })
})

whereRedisIs(describe)('a server whose Redis', () => {
  it('goes away is degraded until it is back, and takes requests all the while', async () => {
    await using link = await openTcpLink(TEST_REDIS_URL)
    const demo = await startDemo({ port: 0 })
    const connectorName = uniqueConnectorName()
    const server = await startChanged(
      (connector) => ({ ...connector, name: connectorName }),
      demo.url,
      { REDIS_URL: link.through(TEST_REDIS_URL) },
    )
    /** Waits until `/ready` says so of Redis. @returns whether this instance falls back, and how often it did */
    const redisIs = async (status: 'ok' | 'degraded') => {
      const deadline = Date.now() + 15_000
      const isSo = async () =>
        JSON.stringify(await askReady(server.url)).includes(`"redis":{"status":"${status}"}`)
      while (!(await isSo())) if (Date.now() > deadline) throw new Error(`never ${status}`)
      const figures = await scrape(server.url)
      return {
        http: (await askReady(server.url)).http,
        isFallback: figures.sum('sluice_rate_window_fallback'),
        fallbacks: figures.sum('sluice_rate_window_fallbacks_total'),
      }
    }
    try {
      const well = await redisIs('ok')
      await link.cut()
      await callTool(server.url, 'invoices.list')
      const away = await redisIs('degraded')
      expect(await callTool(server.url, 'invoices.list')).toHaveProperty('result')
      await link.mend()
      await callTool(server.url, 'invoices.list')
      const back = await redisIs('ok')

      const fallbacks = well.fallbacks + 1
      expect(well).toMatchObject({ http: 200, isFallback: 0 })
      expect(away).toEqual({ http: 200, isFallback: 1, fallbacks })
      expect(back).toEqual({ http: 200, isFallback: 0, fallbacks })
    } finally {
      await server.close()
      await demo.close()
    }
  })
})

describe('a server that stops', () => {
  it('is not ready from that moment on', async () => {
    await using served = await serveTelemetry()
    const { url, telemetry } = served

    const before = await askReady(url)
    telemetry.setStopping()
    const after = await askReady(url)

    expect(before).toMatchObject({ http: 200, body: { status: 'ok' } })
    expect(after).toMatchObject({
      http: 503,
      body: { status: 'unavailable', checks: { stopping: {}, store: { status: 'ok' } } },
    })
  })
})
