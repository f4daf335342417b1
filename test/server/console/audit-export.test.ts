import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AuditFact } from '../../../server/audit/event.ts'
import { addEvents } from '../../support/audit/add-events.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { signInToConsole } from '../../support/console-session.ts'
import { csrfOf } from '../../support/open-doors.ts'
import { startWatchedBrowser } from '../../support/watched-browser.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const CALL = { type: 'mcp.request', outcome: 'success', organization: 'globex' } as const
const SMALL: readonly AuditFact[] = [
  { ...CALL, member: '=1+1', tool: 'invoices.list', rpcCode: -32000 },
  { ...CALL, member: '@SUM(A1)', outcome: 'failure', clientName: '-2+3', count: 7 },
  { ...CALL, member: '+1', clientName: 'with "quotes", and\nlines' },
  { ...CALL, member: '\t=1', reason: 'Zażółć' },
]

const LONG = 'x'.repeat(500)
const BATCH = 500
const BATCHES = 8

/** Each of some five kilobytes: all of them are more than sockets take before anybody reads. */
const LARGE: readonly AuditFact[] = Array.from({ length: BATCH }, () => ({
  ...{ type: 'mcp.request', outcome: 'success', organization: 'acme', method: LONG, route: LONG },
  ...{ address: LONG, requestId: LONG, traceId: LONG, reason: LONG, subject: LONG },
  ...{ clientName: LONG },
}))

describe('a copy of the record', () => {
  let running: AuditedConnector
  beforeAll(async () => {
    running = await startAudited()
    await addEvents(running.store, SMALL, (index) => START + index)
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await addEvents(running.store, LARGE, (index) => START + batch * BATCH + index)
    }
  })
  afterAll(() => running.close())

  /** Asks for a copy, with the cookie of somebody who is signed in; the answer is not read. */
  async function signIn(email: string) {
    const browser = startWatchedBrowser()
    const { first } = await signInToConsole(running.url, { email, browser, to: '/console/audit' })
    const cookie = browser.cookieAt('/console/audit')
    return (fields: Readonly<Record<string, string>>, signal?: AbortSignal) =>
      fetch(`${running.url}/console/audit/export`, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ csrf: csrfOf(first), ...fields }),
        ...(signal !== undefined && { signal }),
      })
  }

  it('holds each event as it was recorded, as JSON lines, and is on record itself', async () => {
    const take = await signIn('owner@globex.example')
    await running.audit.next(0)

    const response = await take({ format: 'json' })
    const lines = (await response.text()).trim().split('\n')

    const rows = await running.store.auditEvents.readChain('globex', 0, 4)
    const recorded = rows.map(({ body, hash }) => `${body.slice(0, -1)},"hash":"${hash}"}`)
    expect(lines).toEqual(recorded.toReversed())
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="flowtly-audit-\d{4}-\d\d-\d\d\.jsonl"$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await running.audit.next(1)).toContainEqual(
      expect.objectContaining({
        ...{ type: 'audit.exported', outcome: 'success', count: 4, credential: 'console' },
        reason: 'json',
        organization: 'globex',
      }),
    )
  })

  it('is a table without a formula, as CSV', async () => {
    const take = await signIn('owner@globex.example')

    const response = await take({ format: 'csv', to: '2026-03-01' })
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('utf8')

    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(text).toMatch(/^\ufefftime,type,outcome,reason,organization,member,/)
    expect(text).toContain(`globex,'=1+1,`)
    expect(text).toContain(`globex,'@SUM(A1),`)
    expect(text).toContain(`,'-2+3,`)
    expect(text).toContain(`globex,'+1,`)
    expect(text).toContain(`globex,'\t=1,`)
    expect(text).toContain(',-32000,')
    expect(text).toContain(',Zażółć,')
    expect(text).toContain(',"with ""quotes"", and\nlines",')
    expect(text.split('\r\n')).toHaveLength(6)
  })

  it('holds what the filter shows, and no more', async () => {
    const take = await signIn('owner@globex.example')

    const response = await take({ format: 'json', outcome: 'failure', from: '2026-03-01' })
    const none = await take({ format: 'json', from: '2026-03-02', to: '2026-03-03' })

    expect((await response.text()).trim().split('\n')).toHaveLength(1)
    expect(await none.text()).toBe('')
  })

  it('is sent as fast as it is read, and ends with its reader', async () => {
    const take = await signIn('owner@acme.example')
    await running.audit.next(0)
    const leaving = new AbortController()

    const response = await take({ format: 'json' }, leaving.signal)
    const second = await take({ format: 'json' })
    await wait(500)
    leaving.abort()

    expect(response.status).toBe(200)
    expect(second.status).toBe(429)
    expect(await second.text()).toContain('The record is being read already')
    const [event] = await running.audit.next(1)
    expect(event).toMatchObject({ type: 'audit.exported', outcome: 'failure' })
    expect(event?.reason).toBe('not_read_whole')
    expect(event?.count).toBeLessThan(BATCH * BATCHES)
    const third = await take({ format: 'csv', tool: 'none' })
    expect(third.status).toBe(200)
    await third.text()
  })

  it('is in no other form than those two', async () => {
    const take = await signIn('owner@acme.example')

    const response = await take({ format: 'xml' })

    expect(response.status).toBe(404)
  })
})
