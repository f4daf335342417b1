import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { headingOf, readText, type WatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { openConsole } from '../../support/console-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { tabAndPress, tabAndType, tabTo } from '../../support/keyboard.ts'
import { connect } from '../../support/oauth-client.ts'

describeWithBrowser('with the keyboard alone', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let browser: Browser
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    running = await startWithDemo()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await running.close()
  })
  beforeEach(async () => {
    watched = await openConsole(browser, running.connector.url)
    page = watched.page
  })
  afterEach(() => watched.close())

  const readNotice = () => readText(page, '.notice')

  it('somebody signs in, skips to the content, and signs out', async () => {
    await page.context().clearCookies()
    await page.goto(`${running.connector.url}/account`)

    await tabAndType(page, 'Email', 'owner@acme.example')
    await tabAndType(page, 'Password', 'sluice-demo')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    await tabTo(page, 'Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    await page.reload()
    await tabTo(page, /^Zofia/)
    await page.keyboard.press('Enter')
    await tabAndPress(page, 'Sign out')

    expect(await headingOf(page)).toBe('Sign in to the console')
  })

  it('an owner switches the organization off and on', async () => {
    await tabAndPress(page, 'Switch off for everybody…')
    await tabAndPress(page, 'Switch off for everybody')
    const off = await readText(page)
    await tabAndPress(page, 'Switch on')

    expect(off).toContain('Off')
    expect(await readText(page)).toContain('Switch off for everybody')
  })

  it('an owner switches a tool off, writes what models are told of another, and tries it', async () => {
    await page.goto(`${running.connector.url}/console/tools`)
    await tabAndPress(page, 'Switch off… attachments.get')
    await tabAndPress(page, 'Switch off')
    const off = await readNotice()
    await page.goto(`${running.connector.url}/console/tools/projects.list`)
    await tabAndPress(page, 'Text')
    await tabAndType(page, /^Description/, 'The projects of Acme.')
    await tabAndPress(page, 'Save and publish…')
    await tabAndPress(page, 'Show it to models')
    const published = await readNotice()
    await tabAndPress(page, 'Try it')
    await tabTo(page, 'Call the tool')
    await page.keyboard.press('Enter')

    expect(off).toContain('off')
    expect(published).toContain('Models are shown this text')
    await page.getByText('Warehouse migration').first().waitFor()
  })

  it('an owner registers a client and makes a key', async () => {
    await page.goto(`${running.connector.url}/console/clients`)
    await tabAndPress(page, 'Register a client')
    await tabAndPress(page, 'Claude')
    await tabAndType(page, 'Name', 'Claude of the finance team')
    await tabAndPress(page, 'Register it')
    const registered = await readNotice()
    await page.goto(`${running.connector.url}/console/keys`)
    await tabAndPress(page, 'Make an API key')
    await tabAndType(page, 'Name', 'Monthly report')
    await tabTo(page, /^Invoices/)
    await page.keyboard.press('Space')
    await tabAndPress(page, 'Continue')
    await tabAndType(page, 'Email', 'owner@acme.example')
    await tabAndType(page, 'Password', 'sluice-demo')
    await tabAndPress(page, 'Sign in')

    expect(registered).toContain('Claude of the finance team')
    expect(await readNotice()).toContain('Monthly report')
    expect(await page.locator('.once input').inputValue()).toMatch(/^flowtly_sk_/)
  })

  it('an owner ends a connection of a member, and members end their own', async () => {
    await connect(running.connector.url, { email: 'owner@acme.example' })
    await connect(running.connector.url, { email: 'admin@acme.example' })

    await page.goto(`${running.connector.url}/console/connections`)
    await tabAndPress(page, /^End it: the connection of Test client by Jürgen/)
    await tabAndPress(page, /^End/)
    const ended = await readNotice()
    await page.goto(`${running.connector.url}/account`)
    await tabAndPress(page, 'End it: the connection of Test client')
    await tabAndPress(page, /^End/)

    expect(ended).toContain('has ended')
    expect(await readNotice()).toContain('has ended')
  })

  it('an owner finds an event and checks the record', async () => {
    await page.goto(`${running.connector.url}/console/audit`)
    await tabTo(page, 'Filter')
    await page.keyboard.press('Enter')
    await tabTo(page, /^Outcome/)
    await page.keyboard.press('ArrowDown')
    await tabAndPress(page, 'Show these events')
    const filtered = page.url()
    await page.goto(`${running.connector.url}/console/audit/verify`)
    await tabAndPress(page, 'Check the record now')

    expect(filtered).toContain('outcome=')
    expect(await headingOf(page)).toContain('record')
  })
})
