import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openAuditReader } from '../../support/audit-reader.ts'
import { ALL_REFUSED, sendAsOthers, startRooms } from '../../support/console-rooms.ts'
import { signInToConsole } from '../../support/console-session.ts'
import { credentials } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import { findLink } from '../../support/page-forms.ts'
import { callTool, post } from '../../support/rpc.ts'

let rooms: Awaited<ReturnType<typeof startRooms>>
beforeEach(async () => {
  rooms = await startRooms()
})
afterEach(() => rooms.close())

describe('the overview', () => {
  it('says how each client is connected, with what it needs', async () => {
    const { first } = await signInToConsole(rooms.url)

    const text = toPlainText(first.text)
    const address = `${rooms.url}/mcp`
    expect(first.text).toContain(`value="${address}"`)
    expect(first.text).toContain(`claude mcp add --transport http flowtly ${address}`)
    expect(new URL(findLink(first, 'Open in Claude')).searchParams.get('connectorUrl')).toBe(
      address,
    )
    expect(readCursorConfig(findLink(first, 'Add to Cursor'))).toEqual({ url: address })
    expect(readVsCodeServer(findLink(first, 'Add to VS Code'))).toEqual({
      name: 'flowtly',
      type: 'http',
      url: address,
    })
    expect(text).toContain('This address works on this machine only')
  })

  it('counts the calls of the last day, and nobody else’s', async () => {
    const { url, store } = rooms
    const reader = await openAuditReader(store)
    await callTool(url, 'invoices.list')
    await callTool(url, 'invoices.list', { pageSize: 0 })
    await callTool(url, 'contracts.list', {}, credentials('member@acme.example'))
    await callTool(url, 'projects.list', {}, credentials('owner@globex.example', 'globex'))
    await reader.next(4)

    const { first } = await signInToConsole(url)

    const text = toPlainText(first.text)
    expect(text).toContain('Calls 3 Errors 1 Members 2')
    expect(text).toContain('Search invoices invoices.list 2 1')
    expect(text).toContain('Search contracts contracts.list 1 0')
    expect(text).not.toContain('projects.list')
    expect(text).toContain('3 calls in 24 hours, 1 of them failed. At most 3 in one hour.')
  })

  it('says how the upstream is doing', async () => {
    const { first } = await signInToConsole(rooms.url)

    expect(toPlainText(first.text)).toContain('Answering Flowtly answers.')
  })

  it('shows an organization’s name as text', async () => {
    await rooms.store.organizations.see('acme', '<img src=x onerror=alert(1)>', 'active')

    const { first } = await signInToConsole(rooms.url)

    expect(first.text).not.toContain('<img')
    expect(first.text).toContain('&lt;img src')
  })
})

describe('the organization’s switch', () => {
  it('is turned off after a confirmation, for all of its clients on all instances, and on again', async () => {
    const { url, otherUrl } = rooms
    const owner = await signInToConsole(url)
    const question = await owner.open('/console/switch')

    const off = await owner.press(question, 'Switch off for everybody')
    const whileOff = await post(`${otherUrl}/mcp`, '{}')
    const ofOthers = await callTool(
      otherUrl,
      'invoices.list',
      {},
      credentials('owner@globex.example', 'globex'),
    )
    const on = await owner.press(off, 'Switch on')
    const afterwards = await callTool(otherUrl, 'invoices.list')

    expect(toPlainText(question.text)).toContain('Nothing is deleted')
    expect(toPlainText(off.text)).toContain('every call is refused from now on')
    expect(whileOff.status).toBe(403)
    expect(whileOff.text).toContain('mcp_disabled')
    expect(ofOthers.status).toBe(200)
    expect(toPlainText(on.text)).toContain('clients that were connected work again')
    expect(afterwards.status).toBe(200)
  })

  it('leaves a record of who turned it', async () => {
    const { url, store } = rooms
    const reader = await openAuditReader(store)
    const owner = await signInToConsole(url)
    await reader.next(1)

    const off = await owner.press(await owner.open('/console/switch'), 'Switch off for everybody')
    await owner.press(off, 'Switch on')

    const found = await reader.next(2)
    expect(found).toMatchObject(
      ['disabled', 'active'].map((reason) => ({
        type: 'organization.changed',
        outcome: 'success',
        organization: 'acme',
        credential: 'console',
        subject: 'organization:acme',
        reason,
      })),
    )
    expect(found[0]?.member).toBe(found[1]?.member)
    expect(found[0]?.member).toEqual(expect.any(String))
  })

  it('cannot be turned on where the operator has turned it off', async () => {
    const { url, store } = rooms
    const owner = await signInToConsole(url)
    const shown = await owner.press(await owner.open('/console/switch'), 'Switch off for everybody')
    await store.organizations.setStatus('acme', 'disabled', 'operator')

    const refused = await owner.press(shown, 'Switch on')

    expect(toPlainText(refused.text)).toContain('Nothing was changed: the operator')
    expect(refused.text).not.toContain('>Switch on<')
    expect(await store.organizations.find('acme')).toMatchObject({ status: 'disabled' })
  })

  it('is nobody’s to turn but an owner’s or admin’s, from our own page', async () => {
    const answers = await sendAsOthers(rooms.url, '/console/switch', { to: 'off' })

    expect(answers).toEqual(ALL_REFUSED)
    expect(await rooms.store.organizations.find('acme')).toMatchObject({ status: 'active' })
  })

  it('is an admin’s of the organization that they look at', async () => {
    const { url, store } = rooms
    await signInToConsole(url)
    const globex = await signInToConsole(url, { email: 'owner@globex.example' })

    await globex.press(await globex.open('/console/switch'), 'Switch off for everybody')

    expect(await store.organizations.find('globex')).toMatchObject({ status: 'disabled' })
    expect(await store.organizations.find('acme')).toMatchObject({ status: 'active' })
  })
})

function readCursorConfig(link: string): unknown {
  const config = new URL(link).searchParams.get('config') ?? ''
  return JSON.parse(Buffer.from(config, 'base64').toString('utf8'))
}

function readVsCodeServer(link: string): unknown {
  return JSON.parse(decodeURIComponent(link.slice(link.indexOf('?') + 1)))
}
