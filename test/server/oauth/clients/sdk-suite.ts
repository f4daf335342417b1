import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { operationNames } from '../../../support/listed-tools.ts'
import type { SdkSession } from './sdk-session.ts'

/** What a call answers when it went well. */
export const A_RESULT = { content: [{ type: 'text', text: expect.stringMatching(/^\{"data"/) }] }

/**
 * The life of a connection, as every SDK has to get through it: the steps build on each other.
 *
 * @param open makes a client of the connector at that URL, with nothing kept yet
 */
export function describeSdkClient(name: string, open: (mcpUrl: URL) => SdkSession): void {
  describe(`the ${name}`, () => {
    let running: Awaited<ReturnType<typeof startWithDemo>>
    let session: SdkSession
    beforeAll(async () => {
      running = await startWithDemo()
      session = open(new URL('/mcp', running.connector.url))
    })
    afterAll(async () => {
      await session.close()
      await running.close()
    })

    it('is led from the first 401 to the sign-in page', async () => {
      const { url } = running.connector

      await expect(session.connect()).rejects.toMatchObject({ message: /unauthorized/i })

      const [address] = session.opened
      expect(address?.origin).toBe(url)
      expect(Object.fromEntries(address?.searchParams ?? [])).toMatchObject({
        response_type: 'code',
        client_id: session.clientId(),
        code_challenge_method: 'S256',
        resource: `${url}/mcp`,
        scope: expect.stringContaining('invoices:read'),
      })
    })

    it('comes back from consent to a tool result', async () => {
      await session.finishAuth(await approveInBrowser(latest(session)))
      await session.connect()

      const { tools } = await session.listTools()
      const result = await session.callTool('invoices.list')

      expect(operationNames(tools)).toHaveLength(16)
      expect(result).toMatchObject(A_RESULT)
    })

    it('refreshes by itself, and keeps the new refresh token', async () => {
      const before = session.tokens()
      session.spoilAccessToken()

      const result = await session.callTool('invoices.list')

      const after = session.tokens()
      expect(result).toMatchObject(A_RESULT)
      expect(after?.access_token).not.toBe(before?.access_token)
      expect(after?.refresh_token).not.toBe(before?.refresh_token)
      expect(session.opened).toHaveLength(1)
    })

    it('goes on with what it has kept after a new start', async () => {
      await session.connect()

      const result = await session.callTool('invoices.list')

      expect(result).toMatchObject(A_RESULT)
      expect(session.opened).toHaveLength(1)
    })

    it('signs in anew, as the same client, once its grant was revoked', async () => {
      const id = session.clientId()
      await revoke(running.connector.url, session)

      await expect(session.callTool('invoices.list')).rejects.toThrow(/unauthorized/i)
      await session.finishAuth(await approveInBrowser(latest(session)))
      const result = await session.callTool('invoices.list')

      expect(result).toMatchObject(A_RESULT)
      expect(session.opened).toHaveLength(2)
      expect(session.clientId()).toBe(id)
    })
  })
}

/** The address that the client wanted opened last. */
export function latest({ opened }: SdkSession): URL {
  const last = opened.at(-1)
  if (last === undefined) throw new Error('the client opened no browser')
  return last
}

/** Ends the grant (RFC 7009) behind the client's back. */
async function revoke(origin: string, session: SdkSession): Promise<void> {
  const answer = await fetch(`${origin}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: session.clientId() ?? '',
      token: session.tokens()?.refresh_token ?? '',
    }),
  })
  if (answer.status !== 200) throw new Error(`not revoked: ${answer.status}`)
}
