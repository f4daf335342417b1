import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import {
  bearer,
  connect,
  refreshTokens,
  type TestClient,
  type Tokens,
} from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { openTcpLink, type TcpLink } from '../../support/tcp-link.ts'

describe.each(storeKinds.filter(({ kind }) => kind === 'postgres'))(
  'a connector whose $kind is away',
  ({ create }) => {
    let demo: Demo
    let database: TestDatabase
    let link: TcpLink
    let connector: TestConnector
    let client: TestClient
    let tokens: Tokens

    beforeEach(async () => {
      demo = await startDemo()
      database = await create()
      link = await openTcpLink(database.url)
      connector = await startFlowtly(demo.url, { DATABASE_URL: link.through(database.url) })
      ;({ client, tokens } = await connect(connector.url))
    })

    afterEach(async () => {
      await link.mend()
      await connector.close()
      await link.close()
      await database.drop()
      await demo.close()
    })

    it('says so to those who call, and serves them as before once it is back', async () => {
      await link.cut()
      const refused = await callTool(
        connector.url,
        'taxGroups.list',
        {},
        bearer(tokens.access_token),
      )
      const refresh = await refreshTokens(connector.url, client, tokens.refresh_token)
      await link.mend()
      const answered = await callTool(
        connector.url,
        'taxGroups.list',
        {},
        bearer(tokens.access_token),
      )
      const refreshed = await refreshTokens(connector.url, client, tokens.refresh_token)

      expect(refused).toMatchObject({ status: 503, id: null, error: { code: -32_000 } })
      expect(refused.error?.message).toContain('database')
      expect(refresh).toMatchObject({ status: 500, error: 'server_error' })
      expect(resultOf(answered)).toHaveProperty('data')
      expect(refreshed.status).toBe(200)
      expect(connector.log.join('')).not.toContain('unplanned_error')
    })
  },
)
