import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Kysely } from 'kysely'
import type { Schema } from '../../../server/store/schema.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import type { Page } from '../../support/browser-session.ts'
import { isAt, listConsoleAddresses } from '../../support/console-addresses.ts'
import { crawlConsole, linksOf } from '../../support/console-crawl.ts'
import {
  signInToConsole,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { dumpRows } from '../../support/database-dump.ts'
import { AFTER_FORMS, furnishConsole } from '../../support/furnish-console.ts'
import { toPlainText } from '../../support/html-text.ts'
import { csrfOf } from '../../support/open-doors.ts'
import { readForms, type PageForm } from '../../support/page-forms.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const MARK = 'Zeppelin'
/** What only Globex has; an id of it in an address is no leak, what is behind the id is. */
const OF_GLOBEX = [MARK, 'Globex', 'owner@globex.example', 'Raghunathan']
/** Those that ask or answer for no organization. */
const OF_NOBODY = ['/console/sign-out', '/console/organization', '/console/*rest']
const SIGN_IN = ['/console/sign-in', '/console/confirm', '/console/sign-in/callback']

describe('two organizations side by side', () => {
  let running: AuditedConnector
  let db: Kysely<Schema>
  let acme: ConsoleVisitor
  let globex: ConsoleVisitor
  let pages: readonly Page[]
  let forms: readonly PageForm[]

  beforeAll(async () => {
    running = await startAudited()
    db = await openRawDatabase(running.databaseUrl)
    acme = await signInToConsole(running.url)
    const email = 'owner@globex.example'
    globex = await signInToConsole(running.url, { email })
    await furnishConsole(globex, {
      ...{ origin: running.url, email, organization: 'globex', mark: MARK },
    })
    pages = await crawlConsole(globex, running.url, AFTER_FORMS)
    forms = pages
      .flatMap(readForms)
      .flatMap(withEveryAction)
      .filter(({ url }) => !isOneOf(url, OF_NOBODY))
  }, 60_000)
  afterAll(async () => {
    await db.destroy()
    await running.close()
  })

  const isOneOf = (url: string, paths: readonly string[]) => paths.includes(new URL(url).pathname)
  /** Everything that the database has of Globex. */
  const readGlobex = async () => {
    await running.audit.next(0)
    const rows = await dumpRows(db)
    return rows.filter((row) => row.includes('"globex"') && !row.startsWith('console_session'))
  }

  it('every address of the console is among what one of them is shown', async () => {
    const addresses = await listConsoleAddresses()
    const shown = [
      ...pages.flatMap((page) => [page.url, ...linksOf(page)]).map((url) => ['GET', url] as const),
      ...forms.map(({ method, url }) => [method, url] as const),
    ]

    const missing = addresses
      .filter(({ path }) => ![...OF_NOBODY, ...SIGN_IN].includes(path))
      .filter((address) => !shown.some(([method, url]) => isAt(address, method, url)))

    expect(addresses.length).toBeGreaterThan(15)
    expect(missing).toEqual([])
    expect(pages.some(({ text }) => text.includes(MARK))).toBe(true)
  })

  it('no link of one shows the other anything of it', async () => {
    const links = new Set(pages.flatMap((page) => [page.url, ...linksOf(page)]))
    const leaks: string[] = []
    for (const url of links) {
      const { text } = await acme.open(url)
      leaks.push(
        ...OF_GLOBEX.filter((word) => text.includes(word)).map((word) => `${url}: ${word}`),
      )
    }

    expect(links.size).toBeGreaterThan(10)
    expect(leaks).toEqual([])
  }, 60_000)

  it('no form of one does anything to it for the other', async () => {
    const before = await readGlobex()
    const csrf = csrfOf(acme.first)
    const leaks: string[] = []
    for (const { url, method, fields, buttons } of forms) {
      for (const sends of [[], ...buttons.map((button) => button.sends)]) {
        const typed = Object.fromEntries(
          // Its words are no secret of Globex once Acme has typed them.
          [...fields, ...sends].map(([name, value]) => [name, value.replaceAll(MARK, 'Balloon')]),
        )
        const { text } =
          method === 'POST'
            ? await acme.post(url, { ...typed, csrf })
            : await acme.open(`${url}?${new URLSearchParams(typed).toString()}`)
        leaks.push(
          ...OF_GLOBEX.filter((word) => text.includes(word)).map((word) => `${url}: ${word}`),
        )
      }
    }

    expect(forms.filter(({ method }) => method === 'POST').length).toBeGreaterThan(4)
    expect(leaks).toEqual([])
    expect(await readGlobex()).toEqual(before)
  }, 60_000)

  it('what is the other’s looks like what never was', async () => {
    const own = pages.map(({ url }) => new URL(url).pathname).filter((path) => UUIDS.test(path))
    const unknown = '00000000-0000-4000-8000-000000000000'

    for (const path of new Set(own)) {
      const [foreign, absent] = [
        await acme.open(path),
        await acme.open(path.replace(UUIDS, unknown)),
      ]
      expect([foreign.status, withoutReference(foreign)]).toEqual([404, withoutReference(absent)])
    }
    expect(own.length).toBeGreaterThan(3)
  })

  it('a form is for the organization that its page showed, whatever the member looks at by now', async () => {
    running.demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
    const consultant = await signInToConsole(running.url, { email: 'consultant@partners.example' })
    const ofAcme = await consultant.open('/console/clients/new?type=other')
    const elsewhere = await consultant.open('/console/clients')
    const switched = await consultant.press(elsewhere, 'Switch', { organization: 'globex' })
    const before = await readGlobex()

    const refused = await consultant.press(ofAcme, 'Register it', {
      ...{ name: 'Of Acme', 'redirect-uris': 'https://reports.example/callback' },
    })

    expect(toPlainText(switched.text)).toContain(MARK)
    expect([refused.status, toPlainText(refused.text)]).toEqual([
      409,
      expect.stringContaining('You look at another organization now'),
    ])
    expect(await readGlobex()).toEqual(before)
    expect(
      (await running.store.clients.list({ organizationId: 'acme' })).map(({ name }) => name),
    ).not.toContain('Of Acme')
  })

  it('nobody who is signed in nowhere is shown a single one of the pages', async () => {
    const stranger = visitConsole(running.url)

    for (const { url } of pages) {
      expect(new URL((await stranger.open(url)).url).pathname).toBe('/console/sign-in')
    }
  })
})

/** A form may be sent to other addresses by buttons of its own. */
function withEveryAction(form: PageForm): readonly PageForm[] {
  const actions = form.buttons.flatMap(({ action }) => (action === null ? [] : [action]))
  return [form, ...actions.map((action) => ({ ...form, url: new URL(action, form.url).href }))]
}

const UUIDS = /[0-9a-f]{8}-[0-9a-f-]{27}/

function withoutReference({ text }: Page): string {
  return toPlainText(text).replaceAll(UUIDS_ALL, 'ID')
}

const UUIDS_ALL = new RegExp(UUIDS.source, 'g')
