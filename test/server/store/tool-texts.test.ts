import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ToolTextVersion } from '../../../server/store/tool-texts.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'

const OLGA = { id: 'm1', name: 'Olga' }
const ADAM = { id: 'm2', name: 'Adam' }
const HOSTILE = `'"; drop table tool_text; -- {{description}} <script>alert(1)</script>`

describe.each(storeKinds)('texts of tools on $kind', (kind) => {
  let stores: TestStores
  let number = 0
  beforeAll(async () => {
    stores = await openTestStores(kind)
  })
  afterAll(() => stores.close())

  /** A tool of an organization that no other test has. */
  async function newPlace() {
    number += 1
    const place = { organizationId: `org-${number}`, tool: 'invoices.list' }
    await stores.store.organizations.see(place.organizationId, 'Org', 'active')
    return place
  }

  type Place = Awaited<ReturnType<typeof newPlace>>

  async function publish(place: Place, description: string): Promise<ToolTextVersion> {
    const { toolTexts } = stores.store
    const text = { description, instructions: null }
    const { changedAt } = await toolTexts.saveDraft({ ...place, text, author: OLGA })
    stores.clock.now += 1
    const version = await toolTexts.publish({ ...place, changedAt, author: ADAM })
    if (version === null) throw new Error('not published')
    return version
  }

  const describeShown = async ({ organizationId }: Place) =>
    (await stores.other.toolTexts.listShown(organizationId)).map((shown) => shown.description)

  it('keeps a draft, which nobody is shown', async () => {
    const place = await newPlace()
    const { toolTexts } = stores.store
    const text = { description: HOSTILE, instructions: 'Use it.' }

    const draft = await toolTexts.saveDraft({ ...place, text, author: OLGA })

    expect(draft).toEqual({
      ...{ ...place, ...text, authorId: 'm1', authorName: 'Olga' },
      changedAt: stores.clock.now,
    })
    expect(await stores.other.toolTexts.findDraft(place.organizationId, place.tool)).toEqual(draft)
    expect(await toolTexts.listDrafts(place.organizationId)).toEqual([draft])
    expect(await toolTexts.findDraft('org-other', place.tool)).toBeNull()
    expect(await describeShown(place)).toEqual([])
    expect(await toolTexts.history(place.organizationId, place.tool, 10)).toEqual([])
  })

  it('replaces a draft by the next one, and discards it once', async () => {
    const place = await newPlace()
    const { toolTexts } = stores.store
    const save = (description: string, author = OLGA) =>
      toolTexts.saveDraft({ ...place, text: { description, instructions: null }, author })
    await save('First.')
    const second = await save('Second.', ADAM)

    expect(await toolTexts.listDrafts(place.organizationId)).toEqual([second])
    expect(await toolTexts.discardDraft(place.organizationId, place.tool)).toBe(true)
    expect(await toolTexts.discardDraft(place.organizationId, place.tool)).toBe(false)
  })

  it('publishes the draft that was seen, once, under the name of who did', async () => {
    const place = await newPlace()
    const { toolTexts } = stores.store
    const text = { description: 'Bills.', instructions: 'Use it for bills.' }
    const { changedAt } = await toolTexts.saveDraft({ ...place, text, author: OLGA })
    stores.clock.now += 5

    const [one, other] = await Promise.all([
      stores.store.toolTexts.publish({ ...place, changedAt, author: ADAM }),
      stores.other.toolTexts.publish({ ...place, changedAt, author: ADAM }),
    ])

    const shown = { ...place, version: 1, ...text }
    const who = { authorId: 'm2', authorName: 'Adam' }
    const version = { ...shown, ...who, publishedAt: stores.clock.now, replacedAt: null }
    expect([one, other].filter((each) => each !== null)).toEqual([version])
    expect(await toolTexts.listShown(place.organizationId)).toEqual([shown])
    expect(await toolTexts.findDraft(place.organizationId, place.tool)).toBeNull()
  })

  it('does not publish a draft that somebody has changed since', async () => {
    const place = await newPlace()
    const { toolTexts } = stores.store
    const text = { description: 'Seen.', instructions: null }
    const { changedAt } = await toolTexts.saveDraft({ ...place, text, author: OLGA })
    stores.clock.now += 1
    const later = await toolTexts.saveDraft({ ...place, text: { ...text }, author: ADAM })

    const published = await toolTexts.publish({ ...place, changedAt, author: OLGA })

    expect(published).toBeNull()
    expect(await toolTexts.findDraft(place.organizationId, place.tool)).toEqual(later)
  })

  it('keeps what was shown, newest first, and since when until when', async () => {
    const place = await newPlace()
    const first = await publish(place, 'First.')
    const second = await publish(place, 'Second.')

    const history = await stores.other.toolTexts.history(place.organizationId, place.tool, 10)

    expect(history).toEqual([second, { ...first, replacedAt: second.publishedAt }])
    expect(await stores.store.toolTexts.history(place.organizationId, place.tool, 1)).toEqual([
      second,
    ])
    expect(await describeShown(place)).toEqual(['Second.'])
  })

  it('shows an earlier version again, as a new one', async () => {
    const place = await newPlace()
    await publish(place, 'First.')
    await publish(place, 'Second.')
    const { toolTexts } = stores.store

    const reverted = await toolTexts.revert({ ...place, version: 1, author: OLGA })

    expect(reverted).toMatchObject({ version: 3, description: 'First.', authorName: 'Olga' })
    expect(await describeShown(place)).toEqual(['First.'])
    expect(await toolTexts.revert({ ...place, version: 3, author: OLGA })).toBeNull()
    expect(await toolTexts.revert({ ...place, version: 9, author: OLGA })).toBeNull()
  })

  it('goes back to the generated text, once, and from there to a text of its own', async () => {
    const place = await newPlace()
    const { toolTexts } = stores.store
    const never = await toolTexts.showGenerated({ ...place, author: OLGA })
    await publish(place, 'First.')

    const generated = await toolTexts.showGenerated({ ...place, author: OLGA })
    const again = await toolTexts.showGenerated({ ...place, author: OLGA })
    const whileGenerated = await describeShown(place)
    await toolTexts.revert({ ...place, version: 1, author: OLGA })

    expect(never).toBeNull()
    expect(generated).toMatchObject({ version: 2, description: null, instructions: null })
    expect(again).toBeNull()
    expect(whileGenerated).toEqual([])
    expect(await describeShown(place)).toEqual(['First.'])
  })

  it('numbers versions one after the other, however many are published at once', async () => {
    const place = await newPlace()
    await publish(place, 'First.')
    await publish(place, 'Second.')

    const answers = await Promise.all(
      [1, 2, 1, 2].map((version, index) => {
        const { toolTexts } = index % 2 === 0 ? stores.store : stores.other
        return toolTexts.revert({ ...place, version, author: OLGA })
      }),
    )

    const history = await stores.store.toolTexts.history(place.organizationId, place.tool, 20)
    const made = answers.filter((each) => each !== null).length
    expect(history.map(({ version }) => version)).toEqual(
      Array.from({ length: 2 + made }, (_, index) => 2 + made - index),
    )
    expect(history.filter(({ replacedAt }) => replacedAt === null)).toHaveLength(1)
  })

  it('tells instances which organizations show texts, and only those', async () => {
    const [mine, generated, draft] = [await newPlace(), await newPlace(), await newPlace()]
    const { toolTexts } = stores.store
    await publish(mine, 'Mine.')
    await publish(mine, 'Mine again.')
    await publish(generated, 'For a while.')
    await toolTexts.showGenerated({ ...generated, author: OLGA })
    await toolTexts.saveDraft({
      ...{ ...draft, author: OLGA },
      text: { description: 'Later.', instructions: null },
    })

    const { textOrganizations } = await stores.other.switches.read()

    expect(textOrganizations.filter((id) => id === mine.organizationId)).toHaveLength(1)
    expect(textOrganizations).not.toContain(generated.organizationId)
    expect(textOrganizations).not.toContain(draft.organizationId)
  })
})
