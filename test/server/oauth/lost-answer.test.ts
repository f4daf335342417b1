import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { sha256 } from '../../../server/hash.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { bearer, connect, refreshTokens } from '../../support/oauth-client.ts'
import { storeKinds } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const LEASE_MS = 10_000

describe.each(storeKinds)('a refresh whose answer counts as lost on $kind', ({ create }) => {
  it('and that two turn out to have ends the connection of both', async () => {
    const { url: databaseUrl, drop } = await create()
    const running = await startWithDemo({ DATABASE_URL: databaseUrl })
    const { url } = running.connector
    const { client, tokens } = await connect(url)
    const owner = await refreshTokens(url, client, tokens.refresh_token)
    const database = await openRawDatabase(databaseUrl)
    const isNoted = async () => {
      const spent = database.selectFrom('model').where('id', '=', sha256(tokens.refresh_token))
      const row = await spent.select('answeredAt').executeTakeFirstOrThrow()
      return row.answeredAt !== null
    }
    while (!(await isNoted())) await wait(10)
    // As if the process had died between the answer and the note of it, some time ago.
    await database
      .updateTable('model')
      .set({ answeredAt: null, consumedAt: Date.now() - 2 * LEASE_MS })
      .where('id', '=', sha256(tokens.refresh_token))
      .execute()

    const thief = await refreshTokens(url, client, tokens.refresh_token)
    const refused = await refreshTokens(url, client, owner.refresh_token)

    expect(thief.status).toBe(200)
    expect(refused).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect((await refreshTokens(url, client, thief.refresh_token)).status).toBe(400)
    const { status } = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(thief.access_token) },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
    expect(status).toBe(401)
    await database.destroy()
    await running.close()
    await drop()
  })
})
