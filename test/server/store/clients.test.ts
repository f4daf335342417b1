import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { newClient } from './rows.ts'

describe.each(storeKinds)('clients on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
  })
  afterAll(() => stores.close())

  it('gives back a client, within its realm', async () => {
    const client = newClient({ realm: 'acme', kind: 'registered', type: 'chatgpt' })

    await stores.store.clients.put(client)

    expect(await stores.other.clients.find('acme', client.id)).toEqual({
      ...client,
      status: 'active',
      createdAt: stores.clock.now,
      lastUsedAt: null,
    })
    expect(await stores.store.clients.find('', client.id)).toBeNull()
    expect(await stores.store.clients.find('acme', 'un\0known')).toBeNull()
  })

  it('replaces name and metadata, and nothing else', async () => {
    const { clients } = stores.store
    const client = newClient({ kind: 'registered', type: 'claude' })
    await clients.put(client)
    await clients.setStatus('', client.id, 'inactive')
    await clients.touch('', client.id)
    const before = await clients.find('', client.id)
    stores.clock.now += 1

    const change = { name: 'New name', metadata: '{"new":true}' }
    await clients.put({ ...client, ...change, kind: 'dynamic', type: 'other' })

    expect(await clients.find('', client.id)).toEqual({ ...before, ...change })
  })

  it('lists by kind, newest first', async () => {
    const { clients } = stores.store
    const ids = ['list-1', 'list-2', 'list-3']
    const kinds = ['dynamic', 'registered', 'dynamic'] as const
    for (const [index, id] of ids.entries()) {
      await clients.put(newClient({ id, kind: kinds[index] ?? 'dynamic' }))
      stores.clock.now += 1
    }
    const listed = async (filter: Parameters<typeof clients.list>[0]) =>
      (await clients.list(filter)).map(({ id }) => id).filter((id) => ids.includes(id))

    expect(await listed({})).toEqual(['list-3', 'list-2', 'list-1'])
    expect(await listed({ kind: 'dynamic' })).toEqual(['list-3', 'list-1'])
    expect(await listed({ kind: 'registered' })).toEqual(['list-2'])
  })

  it('says whether there was a client to switch off', async () => {
    const { clients } = stores.store
    const client = newClient()
    await clients.put(client)

    expect(await clients.setStatus('', client.id, 'inactive')).toBe(true)
    expect(await clients.setStatus('acme', client.id, 'inactive')).toBe(false)

    expect(await clients.find('', client.id)).toMatchObject({ status: 'inactive' })
  })

  it('notes a use at most once a minute', async () => {
    const { clients } = stores.store
    const { id } = newClient()
    await clients.put(newClient({ id }))
    const first = stores.clock.now
    await clients.touch('', id)
    stores.clock.now = first + 59_999
    await clients.touch('', id)
    expect(await clients.find('', id)).toMatchObject({ lastUsedAt: first })

    stores.clock.now = first + 60_000
    await clients.touch('', id)

    expect(await clients.find('', id)).toMatchObject({ lastUsedAt: first + 60_000 })
  })

  it('removes a client, in its realm only', async () => {
    const { clients } = stores.store
    const client = newClient()
    await clients.put(client)
    await clients.put({ ...client, realm: 'acme' })

    await clients.remove('', client.id)

    expect(await clients.find('', client.id)).toBeNull()
    expect(await clients.find('acme', client.id)).not.toBeNull()
  })

  it('keeps hostile text as text', async () => {
    const name = `'"; drop table client; -- \\ % _ $1 ? 💥`
    const client = newClient({ name, metadata: JSON.stringify({ name }) })

    await stores.store.clients.put(client)

    expect(await stores.store.clients.find('', client.id)).toMatchObject(client)
  })
})
