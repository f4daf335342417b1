import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { bearer, claimsOf, connect, refreshTokens } from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
beforeAll(async () => {
  running = await startWithDemo()
})
afterAll(() => running.close())

describe('a connection', () => {
  it('goes from the first page to a tool result, and on after a refresh', async () => {
    const { url } = running.connector

    const { client, tokens } = await connect(url)
    const claims = claimsOf(tokens.access_token)
    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
    const refreshed = await refreshTokens(url, client, tokens.refresh_token)
    const again = await callTool(url, 'invoices.list', {}, bearer(refreshed.access_token))

    expect(claims).toMatchObject({ iss: url, aud: `${url}/mcp`, org: 'acme' })
    expect(resultOf(answer)).toHaveProperty('data')
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
    expect(resultOf(again)).toHaveProperty('data')
  })
})
