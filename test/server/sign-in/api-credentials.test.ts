import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createApiCredentialsSignIn } from '../../../server/sign-in/api-credentials.ts'
import { createFindMember } from '../../../server/sign-in/find-member.ts'
import type { FindMember } from '../../../server/sign-in/members.ts'
import type { FormSignIn } from '../../../server/sign-in/sign-in.ts'
import { credentials } from '../../support/flowtly.ts'
import { startRawUpstream } from '../../support/raw-upstream.ts'
import { openUpstream, readFlowtly, REQUEST_ID, setFaults, startUpstream } from './fixture.ts'

const HEADERS = { key: 'X-Api-Key', secret: 'X-Api-Secret', email: 'X-User-Email' }
const RIGHT = { email: 'owner@acme.example', key: 'acme-demo-key', secret: 'acme-demo-secret' }

let running: Awaited<ReturnType<typeof startUpstream>>
let findMember: FindMember
let signIn: FormSignIn
beforeAll(async () => {
  running = await startUpstream()
  findMember = createFindMember({ connector: await readFlowtly(), upstream: running.upstream })
  signIn = createApiCredentialsSignIn({ headers: HEADERS, findMember })
})
afterAll(() => running.close())
beforeEach(() => setFaults(running.demo, []))

describe('sign-in by API credentials', () => {
  it('hides the secret, and counts by the account', () => {
    expect(signIn.fields.map(({ name, type }) => [name, type])).toEqual([
      ['email', 'email'],
      ['key', 'text'],
      ['secret', 'password'],
    ])
    expect(signIn.accountField).toBe('email')
  })

  it('gives the headers that the upstream accepts as that member; nothing renews them', async () => {
    const credential = await signIn.submit({ ...RIGHT, key: ' acme-demo-key\n' }, REQUEST_ID)

    expect(credential).toEqual({ kind: 'headers', headers: credentials() })
    expect(signIn.renew).toBeNull()
  })

  it('takes the address in any case', async () => {
    const values = { ...RIGHT, email: 'Owner@ACME.example' }

    const credential = await signIn.submit(values, REQUEST_ID)

    expect(credential).toMatchObject({ headers: { 'X-User-Email': 'Owner@ACME.example' } })
  })

  it.each<[what: string, values: Readonly<Record<string, string>>]>([
    ['a wrong key', { ...RIGHT, key: 'wrong' }],
    ['a wrong secret', { ...RIGHT, secret: 'wrong' }],
    ['the address of nobody', { ...RIGHT, email: 'nobody@acme.example' }],
    ['the address of a member elsewhere', { ...RIGHT, email: 'owner@globex.example' }],
    ['a key that would be two headers', { ...RIGHT, key: 'acme-demo-key\r\nX-Admin: 1' }],
    ['a secret that no header can carry', { ...RIGHT, secret: 'żółw' }],
    ['a secret that is too long', { ...RIGHT, secret: 'x'.repeat(513) }],
    ['an empty secret', { ...RIGHT, secret: ' ' }],
    ['nothing', {}],
  ])('refuses %s', async (_what, values) => {
    expect(await signIn.submit(values, REQUEST_ID)).toBeNull()
  })

  it('refuses an address that the upstream overlooks', async () => {
    await using raw = await startRawUpstream()
    const { upstream, close } = openUpstream(raw.url)
    const find = createFindMember({ connector: await readFlowtly(), upstream })
    const careless = createApiCredentialsSignIn({ headers: HEADERS, findMember: find })

    expect(await careless.submit({ ...RIGHT, email: 'admin@acme.example' }, REQUEST_ID)).toBeNull()
    expect(await careless.submit(RIGHT, REQUEST_ID)).not.toBeNull()
    await close()
  })

  it('does not blame the person when the upstream fails', async () => {
    await setFaults(running.demo, [{ kind: 'html-500', path: '/me' }])

    await expect(signIn.submit(RIGHT, REQUEST_ID)).rejects.toMatchObject({ status: 500 })
  })
})
