import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import type { AuditFact } from '../../../server/audit/event.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import type { Page } from '../../support/browser-session.ts'
import { signInToConsole, type ConsoleVisitor } from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'
import { findOpenDoors } from '../../support/open-doors.ts'
import { findForm, findLink } from '../../support/page-forms.ts'
import { addEvents } from '../../support/audit/add-events.ts'
import { openRawDatabase } from '../store/raw-database.ts'

/** Of the first event; the next follow a minute apart. */
const START = Date.parse('2026-03-01T00:00:00Z')
const MINUTE_MS = 60_000
const HOSTILE = '<img src=x onerror=alert(1)>'

/** Two pages and a bit, of two members, with a failure now and then. */
const EVENTS: readonly AuditFact[] = Array.from({ length: 120 }, (_, index) => ({
  ...{ type: 'mcp.request', organization: 'acme', credential: 'oauth' },
  outcome: index % 10 === 0 ? 'failure' : 'success',
  member: index % 2 === 0 ? 'mem_even' : 'mem_odd',
  ...{ clientId: 'client-1', clientName: index === 5 ? HOSTILE : 'Client' },
  tool: index % 3 === 0 ? 'invoices.list' : 'contracts.get',
  ...{ reason: index % 10 === 0 ? 'rate_limited' : null, count: index },
}))

describe('the record of an organization, in the console', () => {
  let running: AuditedConnector
  let owner: ConsoleVisitor
  beforeAll(async () => {
    running = await startAudited()
    await addEvents(running.store, EVENTS, (index) => START + index * MINUTE_MS)
    await addEvents(
      running.store,
      [{ type: 'mcp.request', outcome: 'success', organization: 'globex', member: 'mem_globex' }],
      () => START,
    )
    const now = { type: 'client.changed', outcome: 'success', organization: 'acme' } as const
    await addEvents(running.store, [now], () => Date.now())
    owner = await signInToConsole(running.url)
  })
  afterAll(() => running.close())

  const open = (search = '') => owner.open(`/console/audit${search}`)

  /** The rows of the table, as text. */
  function rowsOf({ text }: Page): readonly string[] {
    const [, body = ''] = /<tbody>([\s\S]*?)<\/tbody>/.exec(text) ?? []
    return body.split('</tr>').slice(0, -1).map(toPlainText)
  }

  const RANGE = '?from=2026-03-01&to=2026-03-01'

  it('is listed newest first, in words', async () => {
    const rows = rowsOf(await open(RANGE))

    expect(rows).toHaveLength(50)
    expect(rows[0]).toBe(
      'Mar 1, 2026, 01:59:00 UTC Request of a client mem_odd Client contracts.get Success',
    )
    expect(rows[9]).toBe(
      'Mar 1, 2026, 01:50:00 UTC Request of a client rate_limited mem_even Client contracts.get Failure',
    )
  })

  it('goes on page by page, and back the same way', async () => {
    const first = await open(RANGE)
    const second = await owner.open(pathOf(findLink(first, 'Older')))
    const third = await owner.open(pathOf(findLink(second, 'Older')))
    const back = await owner.open(pathOf(findLink(third, 'Newer')))
    const start = await owner.open(pathOf(findLink(back, 'Newer')))

    const all = [first, second, third].flatMap((page) => rowsOf(page))
    expect(all).toHaveLength(120)
    expect(new Set(all.map((row) => row.slice(0, 25))).size).toBe(120)
    expect(() => findLink(third, 'Older')).toThrow('0 links')
    expect(rowsOf(back)).toEqual(rowsOf(second))
    expect(rowsOf(start)).toEqual(rowsOf(first))
    expect(() => findLink(start, 'Newer')).toThrow('0 links')
  })

  it.each([
    ['a member', `${RANGE}&member=mem_even`, 50],
    ['a tool', `${RANGE}&tool=invoices.list`, 40],
    ['an outcome', `${RANGE}&outcome=failure`, 12],
    [
      'all of them',
      `${RANGE}&member=mem_even&client=client-1&tool=invoices.list&outcome=failure`,
      4,
    ],
    ['a type', `${RANGE}&type=token.issued`, 0],
    ['another day', '?from=2026-02-01&to=2026-02-28', 0],
    ['one who never was', '?member=nobody', 0],
    ["another organization's member", '?member=mem_globex', 0],
  ])('is filtered by %s', async (_what, search, count) => {
    const page = await open(search)

    expect(rowsOf(page)).toHaveLength(count)
    expect(page.text.includes('No such event is on record.')).toBe(count === 0)
  })

  it('offers in its filter what is on record, with names, and nothing of others', async () => {
    const page = await open()

    const { text } = page
    expect(text).toContain('<option value="mem_even" >mem_even</option>')
    expect(text).toMatch(/<option value="invoices\.list" >invoices\.list<\/option>/)
    expect(text).not.toContain('mem_globex')
    const filtered = await owner.press(page, 'Show these events', { member: 'mem_odd' })
    expect(filtered.text).toContain('<option value="mem_odd" selected>')
    expect(toPlainText(filtered.text)).toContain('Filter (1 set)')
  })

  it('asks for the last hour, day, week or month', async () => {
    const [hour, month] = [await open('?when=hour'), await open('?when=month')]

    expect(rowsOf(hour).length).toBeGreaterThan(0)
    expect(hour.text).not.toContain('mem_even</bdi>')
    expect(month.text).not.toContain('mem_even</bdi>')
  })

  it.each([
    ['no day', '?from=2026-02-30', 'Enter days as in'],
    ['a script', '?from=%3Cscript%3E', 'Enter days as in'],
    ['days the wrong way round', '?from=2026-03-02&to=2026-03-01', 'Exchange them'],
  ])('says what is wrong with %s', async (_what, search, problem) => {
    const page = await open(search)

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain(problem)
  })

  it.each(['?after=x', '?after=1-2-3', '?trail=../..', '?outcome=maybe&type=none', '?when=never'])(
    'shows the newest for %s, which nobody asks for',
    async (search) => {
      const page = await open(search)

      expect(page.status).toBe(200)
      expect(rowsOf(page)).toEqual(rowsOf(await open()))
    },
  )

  it('shows each event whole on a page of its own, with its hash', async () => {
    const page = await owner.open('/console/audit/events/11')
    const text = toPlainText(page.text)
    const [row] = await running.store.auditEvents.readChain('acme', 10, 1)

    expect(text).toContain('Type mcp.request What happened')
    expect(text).toContain('Reason rate_limited')
    expect(text).toContain('Count 10')
    expect(text).toContain(`Hash ${row?.hash ?? ''}`)
    expect(text).toContain('The hash fits the event')
    expect(page.text).toContain('href="/console/audit?member&#x3D;mem_even"')
    expect(pathOf(findLink(page, 'The event before'))).toBe('/console/audit/events/10')
    expect(pathOf(findLink(page, 'The event after'))).toBe('/console/audit/events/12')
  })

  it('shows names of clients as text', async () => {
    const list = await open(`${RANGE}&member=mem_odd&tool=contracts.get`)
    const event = await owner.open('/console/audit/events/6')

    for (const { text } of [list, event]) {
      expect(text).not.toContain('<img')
      expect(text).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
    }
  })

  it.each(['/events/0', '/events/999999', '/events/x', '/events/1e3', '/events/-1'])(
    'has nothing at %s',
    async (path) => {
      const { status } = await owner.open(`/console/audit${path}`)

      expect(status).toBe(404)
    },
  )

  it('is found whole by its check, which says so', async () => {
    const question = await owner.open('/console/audit/verify')

    const answer = await owner.press(question, 'Check the record now')

    expect(toPlainText(answer.text)).toMatch(
      /The record is whole As recorded 1\d\d events were checked/,
    )
  })

  it('keeps organizations apart, on every page', async () => {
    const globex = await signInToConsole(running.url, { email: 'owner@globex.example' })

    const list = await globex.open('/console/audit')
    const event = await globex.open('/console/audit/events/11')
    const copy = await globex.post('/console/audit/export', {
      csrf: new Map(findForm(list, 'As JSON lines, for a program').fields).get('csrf') ?? '',
      ...{ format: 'json', member: 'mem_even' },
    })

    expect(list.text).toContain('mem_globex')
    expect(list.text).not.toContain('mem_even')
    expect(event.status).toBe(404)
    expect(copy.text).toBe('')
  })

  it('is nobody else’s to see', async () => {
    const opened = await findOpenDoors(running.url, [
      ...(['GET /console/audit', 'GET /console/audit/events/1'] as const),
      ...(['GET /console/audit/verify', 'POST /console/audit/verify'] as const),
      'POST /console/audit/export',
    ])

    expect(opened).toEqual([])
  })

  it('says so when it was changed, and where', async () => {
    const raw = await openRawDatabase(running.databaseUrl)
    await sql`update audit_event set body = replace(body, 'mem_globex', 'mem_other')
      where organization_id = 'globex'`.execute(raw)
    await raw.destroy()
    const globex = await signInToConsole(running.url, { email: 'owner@globex.example' })

    const answer = await globex.press(
      await globex.open('/console/audit/verify'),
      'Check the record now',
    )

    const text = toPlainText(answer.text)
    expect(text).toContain('The record was changed Broken')
    expect(text).toContain('Event 1: altered: its content does not have its hash.')
  })
})

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}
