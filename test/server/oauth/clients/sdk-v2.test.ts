import { describe, expect, it, jest } from '@jest/globals'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { A_RESULT, describeSdkClient, latest } from './sdk-suite.ts'
import { openV2, type Negotiation } from './sdk-v2-session.ts'

const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined)

const MODES: readonly (readonly [name: string, mode: Negotiation])[] = [
  ['v2 client in legacy mode', 'legacy'],
  ['v2 client in auto mode', 'auto'],
  ['v2 client pinned to 2026-07-28', { pin: '2026-07-28' }],
]

for (const [name, mode] of MODES) describeSdkClient(name, (mcpUrl) => openV2(mcpUrl, mode))

describe.each(MODES)('the %s, connected with some scopes only', (_name, mode) => {
  it('asks for what is missing beside what it has, and goes on', async () => {
    await using running = await startWithDemo()
    const session = openV2(new URL('/mcp', running.connector.url), mode)
    await expect(session.connect()).rejects.toThrow(/unauthorized/i)
    const person = { scopes: ['invoices:read'] }
    await session.finishAuth(await approveInBrowser(latest(session), person))
    await session.connect()

    await expect(session.callTool('contracts.list')).rejects.toThrow(/unauthorized/i)
    const asked = latest(session).searchParams.get('scope')?.split(' ')
    await session.finishAuth(await approveInBrowser(latest(session)))
    const result = await session.callTool('contracts.list')
    const other = await session.callTool('invoices.list')

    expect(asked).toEqual(expect.arrayContaining(['invoices:read', 'contracts:read']))
    expect(result).toMatchObject(A_RESULT)
    expect(other).toMatchObject(A_RESULT)
    expect(session.opened).toHaveLength(2)
    await session.close()
  })
})

it('the v2 client has warned of nothing but the grants that were revoked', () => {
  const warnings = warned.mock.calls.map(([text]) => String(text))

  expect(warnings).toHaveLength(MODES.length)
  expect(warnings).toEqual(MODES.map(() => expect.stringContaining('"invalid_grant"')))
})
