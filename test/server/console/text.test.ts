import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { openAuditReader } from '../../support/audit-reader.ts'
import { ALL_REFUSED, sendAsOthers, startRooms, tokenOf } from '../../support/console-rooms.ts'
import { signInToConsole } from '../../support/console-session.ts'
import { credentials } from '../../support/flowtly.ts'
import { toPlainText, unescapeHtml } from '../../support/html-text.ts'
import { findLink } from '../../support/page-forms.ts'
import { rpc } from '../../support/rpc.ts'

const ADDRESS = '/console/tools/invoices.list/text'
const OWN = { description: 'Finds invoices of Acme.', instructions: 'Ask for the year first.' }
const OWN_TEXT = `${OWN.description}\n\n${OWN.instructions}`

let rooms: Awaited<ReturnType<typeof startRooms>>
beforeEach(async () => {
  rooms = await startRooms()
})
afterEach(() => rooms.close())

const listedSchema = z.array(z.object({ name: z.string(), description: z.string() }))

/** The tool as an instance lists it. */
async function findListed(url: string, headers = credentials()) {
  const { result } = await rpc(url, 'tools/list', {}, headers)
  return listedSchema.parse(result?.['tools']).find(({ name }) => name === 'invoices.list')
}

/** Waits until an instance shows a text. */
async function shown(url: string, description: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await findListed(url))?.description === description) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`still not shown: ${description}`)
}

describe('an organization’s own text of a tool', () => {
  it('is looked at as a model will see it, before it is saved', async () => {
    const owner = await signInToConsole(rooms.url)

    const page = await owner.press(await owner.open(ADDRESS), 'Preview', OWN)

    const block = /<pre[^>]*><code>([\s\S]*?)<\/code>/.exec(page.text)?.[1] ?? ''
    const listed = await findListed(rooms.url)
    expect(JSON.parse(unescapeHtml(block))).toMatchObject({ ...listed, description: OWN_TEXT })
    expect(toPlainText(page.text)).toMatch(/About \d+ tokens \(\d+ fewer than with the generated/)
    expect(page.text).toContain(OWN.description)
    expect(await rooms.store.toolTexts.findDraft('acme', 'invoices.list')).toBeNull()
  })

  it('is given in part to a page that asks for the preview alone', async () => {
    const owner = await signInToConsole(rooms.url)
    const csrf = tokenOf((await owner.open(ADDRESS)).text)
    const headers = { 'hx-request': 'true' }

    const part = await owner.post(`${ADDRESS}/preview`, { csrf, ...OWN }, headers)
    const wrong = await owner.post(
      `${ADDRESS}/preview`,
      { csrf, description: '\u202ex', instructions: '' },
      headers,
    )

    expect(part.text).not.toContain('<html')
    expect(part.text).toContain(OWN.description)
    expect(toPlainText(wrong.text)).toContain('a character that nobody can see (U+202E)')
  })

  it('is a draft that no model is shown, until it is published', async () => {
    const { url, otherUrl } = rooms
    const owner = await signInToConsole(url)
    const generated = (await findListed(url))?.description ?? ''

    const saved = await owner.press(await owner.open(ADDRESS), 'Save draft', OWN)
    const before = await findListed(url)
    const question = await owner.press(saved, 'Save and publish…')
    const published = await owner.press(question, 'Show it to models')
    await shown(otherUrl, OWN_TEXT)
    const ofOthers = await findListed(url, credentials('owner@globex.example', 'globex'))

    expect(toPlainText(saved.text)).toContain('There is a draft, saved by')
    expect(before?.description).toBe(generated)
    expect(question.text).toMatch(/<ins>Finds/)
    expect(question.text).toMatch(/<del>List/)
    expect(toPlainText(published.text)).toContain('Models are shown this text from now on.')
    expect(toPlainText(published.text)).toContain('Version 1 Shown now Published by')
    expect(ofOthers?.description).toBe(generated)
  })

  it('goes back to an earlier version, and to the generated text', async () => {
    const { url } = rooms
    const owner = await signInToConsole(url)
    const generated = (await findListed(url))?.description ?? ''
    const publish = async (description: string) => {
      const asked = await owner.press(await owner.open(ADDRESS), 'Save and publish…', {
        description,
        instructions: '',
      })
      return owner.press(asked, 'Show it to models')
    }
    await publish('One.')
    const page = await publish('Two.')

    const asked = await owner.open(new URL(findLink(page, 'Show again…')).href)
    const restored = await owner.press(asked, 'Show it to models')
    const afterRestore = (await findListed(url))?.description
    const back = await owner.open(findLink(restored, 'Go back to it…'))
    const done = await owner.press(back, 'Show it to models')

    expect(afterRestore).toBe('One.')
    expect((await findListed(url))?.description).toBe(generated)
    expect(toPlainText(done.text)).toContain('that was generated from the document')
    expect(toPlainText(done.text)).toContain('Version 4 Shown now')
  })

  it('leaves a record of which version, and never of what it says', async () => {
    const { url, store } = rooms
    const reader = await openAuditReader(store)
    const owner = await signInToConsole(url)
    await reader.next(1)
    const asked = await owner.press(await owner.open(ADDRESS), 'Save and publish…', OWN)
    const page = await owner.press(asked, 'Show it to models')

    await owner.press(await owner.open(findLink(page, 'Go back to it…')), 'Show it to models')

    const events = await reader.next(2)
    const common = { organization: 'acme', credential: 'console', tool: 'invoices.list' }
    expect(events).toMatchObject([
      { ...common, type: 'tool-text.published', count: 1, subject: 'tool:invoices.list' },
      { ...common, type: 'tool-text.reverted', count: 2, reason: 'generated_text' },
    ])
    expect(JSON.stringify(events)).not.toContain(OWN.description)
  })

  it('is not published where it is another one by now', async () => {
    const owner = await signInToConsole(rooms.url)
    const admin = await signInToConsole(rooms.url, { email: 'admin@acme.example' })
    const question = await owner.press(await owner.open(ADDRESS), 'Save and publish…', OWN)
    await admin.press(await admin.open(ADDRESS), 'Save draft', { description: 'Mine.' })

    const refused = await owner.press(question, 'Show it to models')

    expect(toPlainText(refused.text)).toContain('Nothing was changed: somebody else was quicker')
    expect(await rooms.store.toolTexts.listShown('acme')).toEqual([])
  })

  it('comes back with what is to be mended, and with what was typed', async () => {
    const owner = await signInToConsole(rooms.url)
    const typed = { description: 'x'.repeat(3_000), instructions: 'keep </textarea><b>me</b>' }

    const page = await owner.press(await owner.open(ADDRESS), 'Save draft', typed)

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain('This has 3,000 bytes, and AI clients cut what is')
    expect(page.text).toContain('keep &lt;/textarea&gt;&lt;b&gt;me&lt;/b&gt;')
    expect(page.text).not.toContain('<b>me')
  })

  it('can be thrown away as long as it is a draft', async () => {
    const owner = await signInToConsole(rooms.url)
    const saved = await owner.press(await owner.open(ADDRESS), 'Save draft', OWN)

    const page = await owner.press(saved, 'Throw the draft away')

    expect(toPlainText(page.text)).toContain('The draft was thrown away.')
    expect(page.text).not.toContain(OWN.description)
    expect((await owner.open(`${ADDRESS}/publish`)).status).toBe(404)
  })

  it.each(['', '/preview', '/publish', '/discard', '/restore', '/generated'])(
    'is nobody’s to write but an owner’s or admin’s, from our own page: …%s',
    async (page) => {
      expect(await sendAsOthers(rooms.url, `${ADDRESS}${page}`, OWN)).toEqual(ALL_REFUSED)
    },
  )
})
