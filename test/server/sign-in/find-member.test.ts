import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { toHeaders } from '../../../server/sign-in/credential.ts'
import { createFindMember } from '../../../server/sign-in/find-member.ts'
import type { FindMember } from '../../../server/sign-in/members.ts'
import { credentials } from '../../support/flowtly.ts'
import { startRawUpstream, write, writeJson } from '../../support/raw-upstream.ts'
import { openUpstream, readFlowtly, REQUEST_ID, setFaults, startUpstream } from './fixture.ts'

let running: Awaited<ReturnType<typeof startUpstream>>
let findMember: FindMember
beforeAll(async () => {
  running = await startUpstream()
  findMember = createFindMember({ connector: await readFlowtly(), upstream: running.upstream })
})
afterAll(() => running.close())
beforeEach(() => setFaults(running.demo, []))

function ask(headers: Record<string, string> = credentials()) {
  return findMember(toHeaders({ kind: 'headers', headers }), REQUEST_ID)
}

async function openSession(email: string): Promise<Record<string, string>> {
  const response = await fetch(`${running.demo.url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'sluice-demo' }),
  })
  const session: unknown = await response.json()
  expect(session).toHaveProperty('token')
  return { authorization: `Bearer ${String(Reflect.get(Object(session), 'token'))}` }
}

describe('findMember', () => {
  it('tells all organizations of a member, and in which of them the role may approve', async () => {
    const member = await ask(await openSession('consultant@partners.example'))

    expect(member).toEqual({
      id: 'mem_06',
      email: 'consultant@partners.example',
      name: 'Søren "Sam" Østergård',
      organizations: [
        { id: 'acme', name: expect.any(String), role: 'admin', canApprove: true },
        { id: 'globex', name: expect.any(String), role: 'member', canApprove: false },
      ],
    })
  })

  it('knows nobody behind a credential that the upstream refuses', async () => {
    expect(await ask({ authorization: 'Bearer unknown' })).toBeNull()
    expect(await ask(credentials('owner@globex.example', 'acme'))).toBeNull()
  })

  it.each<[what: string, fault: object, status: number]>([
    ['the upstream failed', { kind: 'status', status: 503, path: '/me' }, 503],
    ['the upstream wants to be asked later', { kind: 'rate-limit', path: '/me' }, 429],
    ['the profile is no JSON', { kind: 'broken-json', path: '/me', times: 1 }, 502],
    ['the connection broke', { kind: 'reset', path: '/me/organizations' }, 502],
    ['the profile is elsewhere', { kind: 'redirect', path: '/me' }, 302],
  ])('does not take it for a refusal when %s', async (_what, fault, status) => {
    await setFaults(running.demo, [fault])

    await expect(ask()).rejects.toMatchObject({ name: 'UpstreamFailure', status })
  })

  it.each<[what: string, pointers: Readonly<Record<string, string>>]>([
    ['no list of organizations', { items: '/data/0/name' }],
    ['a list of anything else', { id: '/nothing' }],
  ])('does not believe an answer with %s', async (_what, pointers) => {
    const connector = await readFlowtly()
    const { upstream } = connector
    const organizations = { ...upstream.organizations, ...pointers }
    const ask = createFindMember({
      connector: { ...connector, upstream: { ...upstream, organizations } },
      upstream: running.upstream,
    })
    const headers = toHeaders({ kind: 'headers', headers: credentials() })

    await expect(ask(headers, REQUEST_ID)).rejects.toMatchObject({ status: 502 })
  })

  it('keeps every digit of an id that is a number, so that it is never the one of another', async () => {
    await using raw = await startRawUpstream()
    const organizations = [
      { id: JSON.rawJSON('9007199254740993'), name: 'One', role: 'owner' },
      { id: 42, name: 'Other', role: 'member' },
    ]
    raw.answer = (socket, head) =>
      head.startsWith('GET /v2/me ')
        ? writeJson(socket, { id: JSON.rawJSON('-12345678901234567891'), email: 'e', name: 'N' })
        : writeJson(socket, { data: organizations })
    const { upstream, close } = openUpstream(raw.url.replace('/v1', '/v2'))

    const member = await createFindMember({ connector: await readFlowtly(), upstream })(
      toHeaders({ kind: 'headers', headers: {} }),
      REQUEST_ID,
    )

    expect(member?.id).toBe('-12345678901234567891')
    expect(member?.organizations.map(({ id }) => id)).toEqual(['9007199254740993', '42'])
    await close()
  })

  it.each<[what: string, item: Readonly<Record<string, unknown>>, found: object]>([
    ['no role', { id: 'o1', name: 'One', role: null }, { role: 'none', canApprove: false }],
    ['no name', { id: 'o1', role: 'owner' }, { name: 'o1', canApprove: true }],
  ])('takes an organization with %s for what it is', async (_what, item, found) => {
    await using upstream = await startHostile([item])

    expect((await upstream.ask())?.organizations).toEqual([expect.objectContaining(found)])
  })

  it.each([' acme ', 'a\u0000b', 'a\nb', 'ümlaut'])(
    'does not believe the id %j, which would become another one on its way',
    async (id) => {
      await using upstream = await startHostile([{ id, name: 'One', role: 'owner' }])

      await expect(upstream.ask()).rejects.toMatchObject({ status: 502 })
    },
  )

  it('does not take a page of a firewall for the word of the API', async () => {
    await using upstream = await startHostile([])
    upstream.raw.answer = (socket) =>
      write(socket, '403 Forbidden', { 'content-type': 'text/html' }, '<h1>Blocked</h1>')

    await expect(upstream.ask()).rejects.toMatchObject({ status: 403, isPage: true })
  })
})

/** An upstream whose member belongs to these organizations, below another base path. */
async function startHostile(organizations: readonly unknown[]) {
  const raw = await startRawUpstream()
  raw.answer = (socket, head) =>
    head.startsWith('GET /v2/me ')
      ? writeJson(socket, { id: 'm1', email: 'e', name: 'N' })
      : writeJson(socket, { data: organizations })
  const { upstream, close } = openUpstream(raw.url.replace('/v1', '/v2'))
  const findMember = createFindMember({ connector: await readFlowtly(), upstream })
  return {
    raw,
    ask: () => findMember(toHeaders({ kind: 'headers', headers: {} }), REQUEST_ID),
    async [Symbol.asyncDispose]() {
      await close()
      await raw.close()
    },
  }
}
