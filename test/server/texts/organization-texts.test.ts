import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadSwitchboard } from '../../../server/switches/live-switchboard.ts'
import { createOrganizationTexts } from '../../../server/texts/organization-texts.ts'
import { publishText } from '../../support/publish-text.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'

describe.each(storeKinds)('texts that an instance keeps on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    for (const id of ['acme', 'globex']) await stores.store.organizations.see(id, id, 'active')
    await publishText(stores.store, { organizationId: 'acme', description: 'First.' })
  })
  afterAll(() => stores.close())

  /** An instance whose questions to the store are counted, and can be made to fail. */
  async function startInstance() {
    const switchboard = await loadSwitchboard(stores.other.switches)
    const asked: string[] = []
    let isAway = false
    const texts = createOrganizationTexts({
      switchboard,
      store: {
        listShown(organizationId) {
          asked.push(organizationId)
          if (isAway) return Promise.reject(new Error('away'))
          return stores.other.toolTexts.listShown(organizationId)
        },
      },
    })
    return {
      asked,
      reload: () => switchboard.reload(),
      setAway: (to: boolean) => (isAway = to),
      of: (organizationId: string) => texts.of(organizationId),
      describe: async (organizationId: string) =>
        (await texts.of(organizationId))?.get('invoices.list')?.description ?? null,
    }
  }

  it('are read once, when somebody first asks', async () => {
    const instance = await startInstance()
    const before = [...instance.asked]

    const found = await Promise.all([1, 2, 3].map(() => instance.describe('acme')))

    expect(before).toEqual([])
    expect(found).toEqual(['First.', 'First.', 'First.'])
    expect(instance.asked).toEqual(['acme'])
  })

  it('are known to be none without a question', async () => {
    const instance = await startInstance()

    expect(instance.of('globex')).toBeNull()
    expect(instance.of('')).toBeNull()
    expect(instance.asked).toEqual([])
  })

  it('are read again once something has changed', async () => {
    const instance = await startInstance()
    await instance.describe('acme')
    await publishText(stores.store, { organizationId: 'acme', description: 'Second.' })
    const before = await instance.describe('acme')

    await instance.reload()

    expect(before).toBe('First.')
    expect(await instance.describe('acme')).toBe('Second.')
    expect(instance.asked).toEqual(['acme', 'acme'])
  })

  it('stay as they were known while the store is away, and are asked for again', async () => {
    const instance = await startInstance()
    const known = await instance.describe('acme')
    await publishText(stores.store, { organizationId: 'acme', description: 'Third.' })
    await instance.reload()
    instance.setAway(true)

    const during = await Promise.all([instance.describe('acme'), instance.describe('acme')])
    instance.setAway(false)

    expect(during).toEqual([known, known])
    expect(await instance.describe('acme')).toBe('Third.')
  })

  it('are no secret guess where nothing is known: the failure is told', async () => {
    const instance = await startInstance()
    instance.setAway(true)

    await expect(instance.describe('acme')).rejects.toThrow('away')
    instance.setAway(false)

    expect(await instance.describe('acme')).not.toBeNull()
  })
})
