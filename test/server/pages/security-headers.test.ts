import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { startPageServer } from './page-server.ts'
import { SAMPLES } from './samples.ts'

describeWithBrowser('the headers of the pages', () => {
  let client: Awaited<ReturnType<typeof startPageServer>>
  let server: Awaited<ReturnType<typeof startPageServer>>
  let browser: Browser
  beforeAll(async () => {
    client = await startPageServer([['callback', '<!doctype html><title>Back</title>']])
    server = await startPageServer(SAMPLES, { afterForm: `${client.url}/callback` })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
    await client.close()
  })

  it('let a form send its origin and end at the client, which learns nothing of the page', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}/sign-in`)

    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.waitForURL(`${client.url}/callback`)

    const post = server.seen.find(({ method }) => method === 'POST')
    const callback = client.seen.find(({ path }) => path === '/callback')
    expect(post?.headers.origin).toBe(server.url)
    expect(callback?.method).toBe('GET')
    expect(callback?.headers.referer).toBeUndefined()
  })

  it('let no script run', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}/sign-in`)

    const injected = page.addScriptTag({ content: 'document.title = "taken over"' })

    await expect(injected).rejects.toThrow(/Content Security Policy|inline script/i)
    expect(await page.title()).toBe('Sign in to Flowtly · Flowtly')
  })

  it('let no page be framed', async () => {
    const page = await browser.newPage()
    await page.setContent(`<iframe src="${server.url}/consent"></iframe>`)
    await page.waitForLoadState('networkidle')

    const frame = page.frames().find((each) => each !== page.mainFrame())

    expect(await frame?.getByRole('heading').count()).toBe(0)
  })
})
