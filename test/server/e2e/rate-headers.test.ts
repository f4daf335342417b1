import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { windowOf } from '../../support/rate-window.ts'
import { post } from '../../support/rpc.ts'

const PING = JSON.stringify({ jsonrpc: '2.0', id: 'p', method: 'ping' })

describe('the rate headers', () => {
  const ORIGIN = 'https://claude.ai'
  const JSON_TYPE = { 'content-type': 'application/json' }
  let demo: Demo
  let database: DatabaseFile
  let connector: TestConnector

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    database = await createDatabaseFile()
    connector = await startFlowtly(demo.url, {
      DATABASE_URL: database.url,
      MCP_PATH: '/api/mcp',
      RATE_LIMIT_PER_MINUTE: '50',
    })
  })

  afterAll(async () => {
    await connector.close()
    await demo.close()
    await database.drop()
  })

  const body = PING
  const paths = ['/mcp', '/api/mcp', '/mcp/', '/MCP'] as const
  const cases: readonly (readonly [string, number, RequestInit])[] = [
    ['no credential', 401, { method: 'POST', headers: JSON_TYPE, body }],
    ['a bad token', 401, { method: 'POST', headers: { ...JSON_TYPE, ...bearer('x') }, body }],
    ['an unknown origin', 403, { method: 'POST', headers: { origin: 'https://evil.example' } }],
    ['GET', 405, { method: 'GET' }],
    ['DELETE', 405, { method: 'DELETE' }],
    ['another type', 415, { method: 'POST', headers: { 'content-type': 'text/plain' }, body }],
    ['too much', 413, { method: 'POST', headers: JSON_TYPE, body: 'x'.repeat(200_000) }],
    [
      'a preflight',
      204,
      {
        method: 'OPTIONS',
        headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
      },
    ],
  ]

  it.each(paths.flatMap((path) => cases.map((each) => [path, ...each] as const)))(
    'at %s state the limit and nothing taken: %s, %d',
    async (path, _, status, init) => {
      const response = await fetch(`${connector.url}${path}`, init)

      const answer = { status, headers: response.headers, text: await response.text() }
      expect(response.status).toBe(status)
      expect(windowOf(answer)).toEqual([50, 50, 0])
    },
  )

  it('can be read by pages', async () => {
    const answer = await post(`${connector.url}/mcp`, PING, { ...credentials(), origin: ORIGIN })

    const exposed = (answer.headers.get('access-control-expose-headers') ?? '').split(',')
    for (const name of ['Limit', 'Remaining', 'Reset']) {
      expect(exposed).toContain(`X-RateLimit-${name}`)
    }
    expect(exposed).toContain('Retry-After')
  })

  it('are there for an organization that is switched off, and where the server fails', async () => {
    const { tokens } = await connect(connector.url, { email: 'owner@globex.example' })
    const headers = bearer(tokens.access_token)
    database.run("update organization set status = 'disabled' where id = 'globex'")
    const off = await post(`${connector.url}/mcp`, PING, headers)
    database.run('alter table member_grant rename to gone')
    const failed = await post(`${connector.url}/mcp`, PING, headers)
    database.run('alter table gone rename to member_grant')

    expect([off.status, failed.status]).toEqual([403, 500])
    expect([off, failed].map(windowOf)).toEqual([
      [50, 50, 0],
      [50, 50, 0],
    ])
  })
})
