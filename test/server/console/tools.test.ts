import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { openAuditReader } from '../../support/audit-reader.ts'
import { ALL_REFUSED, sendAsOthers, startRooms } from '../../support/console-rooms.ts'
import { asSearched, startChanged } from '../../support/connectors.ts'
import { signInToConsole } from '../../support/console-session.ts'
import { credentials } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import { operationNames } from '../../support/listed-tools.ts'
import { callTool, rpc } from '../../support/rpc.ts'

let rooms: Awaited<ReturnType<typeof startRooms>>
beforeEach(async () => {
  rooms = await startRooms()
})
afterEach(() => rooms.close())

const GLOBEX = credentials('owner@globex.example', 'globex')

/** The names of the operations that an instance lists. */
async function listNames(url: string, headers = credentials()): Promise<readonly string[]> {
  const { result } = await rpc(url, 'tools/list', {}, headers)
  return operationNames(result?.['tools'])
}

describe('the list of tools', () => {
  it('has every tool in its group, and says how many are on', async () => {
    const owner = await signInToConsole(rooms.url)

    const page = await owner.open('/console/tools')

    const text = toPlainText(page.text)
    expect(text).toContain('16 of 16 tools are on.')
    expect(text).toContain('Invoices 2 of 2 on')
    expect(text).toContain('Search invoices invoices.list On')
    expect(text).not.toContain('tools.search')
  })

  it('says where clients find tools by a search', async () => {
    await using upstream = await startDisposable()
    await using searched = await startChanged(asSearched, upstream.url)
    const owner = await signInToConsole(searched.url)

    const page = await owner.open('/console/tools')

    expect(toPlainText(page.text)).toContain('find the others with tools.search')
  })
})

async function startDisposable() {
  const demo = await startDemo({ port: 0 })
  return { url: demo.url, [Symbol.asyncDispose]: () => demo.close() }
}

describe('the switch of a tool', () => {
  it('takes it away from the organization’s clients on all instances, and gives it back', async () => {
    const { url, otherUrl } = rooms
    const owner = await signInToConsole(url)
    const question = await owner.open('/console/tools/invoices.list/off')

    const off = await owner.press(question, 'Switch off')
    await seenBy(otherUrl, 15)
    const listed = await listNames(otherUrl)
    const called = await callTool(otherUrl, 'invoices.list')
    const listedByOthers = await listNames(otherUrl, GLOBEX)
    const on = await owner.press(off, 'Switch on')
    await seenBy(otherUrl, 16)

    expect(toPlainText(question.text)).toContain('Switch “Search invoices” off?')
    expect(toPlainText(off.text)).toContain('“Search invoices” is off for “Acme Industries”.')
    expect(listed).not.toContain('invoices.list')
    expect(called.error?.code).toBe(-32602)
    expect(listedByOthers).toContain('invoices.list')
    expect(toPlainText(on.text)).toContain('“Search invoices” is on for “Acme Industries”.')
  })

  it('takes a whole group away', async () => {
    const { url } = rooms
    const owner = await signInToConsole(url)

    const off = await owner.press(await owner.open('/console/tools/contracts/off'), 'Switch off')
    const names = await listNames(url)
    const on = await owner.press(off, 'Switch group on contracts')

    expect(toPlainText(off.text)).toContain('Contracts 0 of 3 on')
    expect(toPlainText(off.text)).toContain('contracts.get Off Its group is off as a whole.')
    expect(names.filter((name) => name.startsWith('contracts'))).toEqual([])
    expect(toPlainText(on.text)).toContain('16 of 16 tools are on.')
  })

  it('cannot be turned on where the operator has turned it off for everybody', async () => {
    const { url, store } = rooms
    const owner = await signInToConsole(url)
    await owner.press(await owner.open('/console/tools/invoices.list/off'), 'Switch off')
    const shown = await owner.open('/console/tools/invoices.list')
    await store.switches.turnOff('', 'invoices')

    const refused = await owner.press(shown, 'Switch on')
    const list = await owner.open('/console/tools')

    expect(toPlainText(refused.text)).toContain('Something else keeps it off.')
    expect(toPlainText(refused.text)).toContain('only they can switch it on')
    expect(refused.text).not.toContain('>Switch on<')
    expect(list.text).not.toContain('/console/tools/invoices.get/off')
    expect(await store.switches.list()).toMatchObject([{ organizationId: '', name: 'invoices' }])
  })

  it('leaves the record that the operator’s command leaves, with who turned it', async () => {
    const { url, store } = rooms
    const reader = await openAuditReader(store)
    const owner = await signInToConsole(url)
    await reader.next(1)

    const off = await owner.press(
      await owner.open('/console/tools/invoices.list/off'),
      'Switch off',
    )
    await owner.press(off, 'Switch on')
    await owner.press(await owner.open('/console/tools/projects/off'), 'Switch off')

    const common = {
      type: 'switch.changed',
      outcome: 'success',
      organization: 'acme',
      credential: 'console',
      member: expect.any(String),
    }
    expect(await reader.next(3)).toMatchObject([
      { ...common, subject: 'tool:invoices.list', reason: 'off' },
      { ...common, subject: 'tool:invoices.list', reason: 'on' },
      { ...common, subject: 'namespace:projects', reason: 'off' },
    ])
  })

  it.each(['off', 'on'])('is nobody’s to turn %s but an owner’s or admin’s', async (to) => {
    const answers = await sendAsOthers(rooms.url, `/console/tools/invoices.list/${to}`)

    expect(answers).toEqual(ALL_REFUSED)
    expect(await rooms.store.switches.list()).toEqual([])
  })

  it.each(['', '/off', '/try'])('does not exist for a tool that does not: …%s', async (page) => {
    const owner = await signInToConsole(rooms.url)

    const { status, text } = await owner.open(`/console/tools/invoices.delete${page}`)

    expect(status).toBe(404)
    expect(toPlainText(text)).toContain('There is no such tool')
  })
})

describe('the page of a tool', () => {
  it('says what it reads, and each argument with what it may be', async () => {
    const owner = await signInToConsole(rooms.url)

    const page = await owner.open('/console/tools/invoices.list')

    const text = toPlainText(page.text)
    expect(text).toContain('Operation GET /invoices')
    expect(text).toContain('Permission invoices:read')
    expect(text).toContain('counterparty.name')
    expect(text).toContain('status list of string Only invoices in one of these states.')
    expect(text).toContain('pageSize integer How many records make a page.')
    expect(text).toContain('from 1 to 100 When left out: 25')
    expect(text).toContain('Lists sales and purchase invoices, newest first')
  })
})

/** Waits until an instance lists so many tools. */
async function seenBy(url: string, count: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await listNames(url)).length === count) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`still not ${count} tools`)
}
