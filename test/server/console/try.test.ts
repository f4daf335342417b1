import { afterEach, describe, expect, it } from '@jest/globals'
import { openAuditReader } from '../../support/audit-reader.ts'
import { ALL_REFUSED, sendAsOthers, startRooms } from '../../support/console-rooms.ts'
import { signInToConsole } from '../../support/console-session.ts'
import { toPlainText, unescapeHtml } from '../../support/html-text.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'

const CALL = 'Call the tool'
const ADDRESS = '/console/tools/invoices.list/try'

let rooms: Awaited<ReturnType<typeof startRooms>>
afterEach(() => rooms.close())

/** What a page shows of an answer. */
function readBlock(html: string): string {
  return unescapeHtml(/<pre[^>]*><code>([\s\S]*?)<\/code>/.exec(html)?.[1] ?? '')
}

describe('trying a tool', () => {
  it('shows what a client of the member would get, from what the form says', async () => {
    rooms = await startRooms()
    const owner = await signInToConsole(rooms.url)
    const args = {
      status: ['sent', 'paid'],
      kind: 'sales',
      issuedFrom: '2026-01-01',
      minTotal: 0.5,
      overdue: false,
      pageSize: 3,
    }

    const page = await owner.press(await owner.open(ADDRESS), CALL, {
      'arg.status': args.status,
      'arg.kind': args.kind,
      'arg.issuedFrom': args.issuedFrom,
      'arg.minTotal': '0.5',
      'arg.overdue': 'false',
      'arg.pageSize': '3',
    })

    const overMcp = resultOf(await callTool(rooms.url, 'invoices.list', args))
    expect(toPlainText(page.text)).toContain('Answered This is what the model is given.')
    expect(JSON.parse(readBlock(page.text))).toEqual(overMcp)
    expect(page.text).toContain('value="2026-01-01"')
    expect(page.text).toMatch(/value="sent" checked/)
  })

  it('shows what is wrong with the arguments in the words that a model is told', async () => {
    rooms = await startRooms()
    const owner = await signInToConsole(rooms.url)

    const page = await owner.press(await owner.open(ADDRESS), CALL, { 'arg.pageSize': 'many' })

    expect(page.status).toBe(200)
    expect(toPlainText(page.text)).toContain('Wrong arguments')
    expect(readBlock(page.text)).toContain('Invalid arguments for invoices.list:\n- "pageSize":')
  })

  it('shows an upstream’s failure with its code and status, and hostile text as text', async () => {
    rooms = await startRooms()
    const owner = await signInToConsole(rooms.url)
    const asked = await owner.open('/console/tools/invoices.get/try')

    const page = await owner.press(asked, CALL, { 'arg.invoiceId': '<img src=x onerror=alert(1)>' })

    expect(toPlainText(page.text)).toContain('JSON-RPC error -32000 with data.status 404.')
    expect(page.text).toContain('value="&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;"')
    expect(page.text).not.toContain('<img')
  })

  it('says so of a tool that is off, and calls what does not exist', async () => {
    rooms = await startRooms()
    const owner = await signInToConsole(rooms.url)
    await owner.press(await owner.open('/console/tools/invoices.list/off'), 'Switch off')

    const asked = await owner.open(ADDRESS)
    const page = await owner.press(asked, CALL)

    expect(toPlainText(asked.text)).toContain('This tool is off')
    expect(toPlainText(page.text)).toContain('JSON-RPC error -32602')
  })

  it('is refused where the organization is off', async () => {
    rooms = await startRooms()
    const owner = await signInToConsole(rooms.url)
    await owner.press(await owner.open('/console/switch'), 'Switch off for everybody')

    const page = await owner.press(await owner.open(ADDRESS), CALL)

    expect(toPlainText(page.text)).toContain('refused with the HTTP status 403')
    expect(readBlock(page.text)).toContain('"error": "mcp_disabled"')
  })

  it('counts in the window of the member, together with their clients’ calls', async () => {
    rooms = await startRooms({ RATE_LIMIT_PER_MINUTE: '2' })
    const owner = await signInToConsole(rooms.url)
    await callTool(rooms.url, 'invoices.list')
    const first = await owner.press(await owner.open(ADDRESS), CALL)

    const second = await owner.press(await owner.open(ADDRESS), CALL)

    expect(toPlainText(first.text)).toContain('Answered')
    expect(toPlainText(second.text)).toContain(
      'Rate limit exceeded: JSON-RPC error -32000 with data.status 429.',
    )
  })

  it('is on record and in the figures as any call', async () => {
    rooms = await startRooms()
    const { url, store } = rooms
    const reader = await openAuditReader(store)
    const owner = await signInToConsole(url)
    await reader.next(1)

    await owner.press(await owner.open(ADDRESS), CALL)

    expect(await reader.next(1)).toMatchObject([
      {
        type: 'mcp.request',
        outcome: 'success',
        organization: 'acme',
        member: expect.any(String),
        credential: 'console',
        clientName: 'Console',
        method: 'tools/call',
        tool: 'invoices.list',
        route: 'GET /invoices',
        upstreamStatus: 200,
      },
    ])
    const figures = await scrape(url)
    const labels = { method: 'tools/call', tool: 'invoices.list' }
    expect(figures.sum('sluice_rpc_requests_total', labels)).toBe(1)
  })

  it('goes on with a renewed credential where the upstream no longer takes the session’s', async () => {
    const clock = { now: Date.now() }
    rooms = await startRooms({}, { now: () => clock.now, sessionTtlSeconds: 60 })
    const owner = await signInToConsole(rooms.url)
    const asked = await owner.open(ADDRESS)
    clock.now += 61_000

    const page = await owner.press(asked, CALL)

    expect(toPlainText(page.text)).toContain('Answered')
    expect((await owner.open(ADDRESS)).status).toBe(200)
  })

  it('is nobody’s but an owner’s or admin’s, from our own page', async () => {
    rooms = await startRooms()

    expect(await sendAsOthers(rooms.url, ADDRESS)).toEqual(ALL_REFUSED)
  })
})
