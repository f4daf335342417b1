import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewGrant } from '../../../server/store/grants.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { newClient, newGrant } from './rows.ts'

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

  it('finds and lists those of one organization, and nobody else’s', async () => {
    const { clients } = stores.store
    const own = newClient({ organizationId: 'org-own', kind: 'registered' })
    const foreign = newClient({ organizationId: 'org-other', kind: 'registered' })
    const open = newClient()
    for (const client of [own, foreign, open]) await clients.put(client)

    const listed = await stores.other.clients.list({ organizationId: 'org-own' })

    expect(listed.map(({ id }) => id)).toEqual([own.id])
    expect(await clients.findOf('org-own', own.id)).toMatchObject(own)
    expect(await clients.findOf('org-own', foreign.id)).toBeNull()
    expect(await clients.findOf('org-own', open.id)).toBeNull()
  })

  it('keeps the organization of a client that is replaced', async () => {
    const { clients } = stores.store
    const client = newClient({ organizationId: 'org-kept' })
    await clients.put(client)

    await clients.put({ ...client, organizationId: null, name: 'New name' })

    expect(await clients.find('', client.id)).toMatchObject({
      organizationId: 'org-kept',
      name: 'New name',
    })
  })

  it('says how many connections a client has', async () => {
    const { clients, grants, organizations } = stores.store
    await organizations.see('acme', 'Acme', 'active')
    const client = newClient()
    await clients.put(client)
    const count = async () =>
      (await clients.list({})).find(({ id }) => id === client.id)?.liveGrants
    const before = await count()
    const [one, two] = [newGrant({ clientId: client.id }), newGrant({ clientId: client.id })]
    for (const grant of [one, two]) await grants.add(grant)
    await grants.add(newGrant({ clientId: client.id, realm: 'acme' }))

    await grants.end(one.id, 'revoked')

    expect(before).toBe(0)
    expect(await count()).toBe(1)
  })

  it('knows the clients that nobody registered by the grants of an organization', async () => {
    const { clients, grants, organizations } = stores.store
    for (const id of ['self', 'self-other']) await organizations.see(id, id, 'active')
    const dynamic = newClient({ name: 'Name of today' })
    const registered = newClient({ kind: 'registered' })
    for (const client of [dynamic, registered]) await clients.put(client)
    const first = stores.clock.now
    const add = async (grant: Partial<NewGrant>) => {
      stores.clock.now += 1
      const whole = newGrant({ organizationId: 'self', ...grant })
      await grants.add(whole)
      return whole
    }
    const document = 'https://client.example/metadata.json'
    const old = await add({ clientId: dynamic.id, clientName: 'Old name', redirectHost: 'a.b' })
    await add({ clientId: dynamic.id, clientName: 'New name', redirectHost: 'c.d' })
    await add({ clientId: document, clientName: 'Document' })
    await add({ clientId: registered.id })
    await add({ clientId: null })
    await add({ clientId: dynamic.id, organizationId: 'self-other' })
    await grants.touch({ id: old.id, lastUsedAt: null })
    await grants.end(old.id, 'revoked')

    const known = await stores.other.clients.listSelfRegistered('self')

    expect(known).toEqual([
      {
        ...{ realm: '', id: document, name: 'Document', redirectHost: 'claude.ai' },
        ...{ liveGrants: 1, firstGrantedAt: first + 3, lastUsedAt: null },
      },
      {
        ...{ realm: '', id: dynamic.id, name: 'New name', redirectHost: 'c.d' },
        ...{ liveGrants: 1, firstGrantedAt: first + 1, lastUsedAt: first + 6 },
      },
    ])
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
