import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { demoAccess } from '../../demo/access.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient, createClient, createSessionClient } from './support/client.ts'
import type { Asked } from './support/client.ts'
import { readOperations } from './support/document.ts'
import { at } from './support/json.ts'
import { createValidRequests } from './support/requests.ts'
import type { ValidRequests } from './support/requests.ts'

const { emails, credentials } = demoAccess

/** Operations that change something; the search only looks like one. */
const writes = (await readOperations())
  .filter(({ id, method, parameters }) => {
    const isScoped = parameters.some(({ name }) => name === 'X-Organization-Id')
    return isScoped && method !== 'GET' && id !== 'searchInvoices'
  })
  .map(({ id }) => id)

describe('permissions', () => {
  let demo: Demo
  let requests: ValidRequests

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    requests = createValidRequests(demo, createApiClient(demo))
  })

  afterAll(() => demo.close())

  async function ask(email: string, id: string): Promise<number> {
    const asked = await requests[id]?.()
    if (asked === undefined) throw new Error(`no valid request for ${id}`)
    return (await createApiClient(demo, 'acme', email).send(asked)).status
  }

  it.each(writes)('%s is for owners and admins', async (id) => {
    expect(await ask(emails.acmeMember, id)).toBe(403)
    expect(await ask(emails.acmeAccountant, id)).toBe(403)
    expect(await ask(emails.acmeAdmin, id)).toBeLessThan(300)
  })

  it.each(['listBankAccounts', 'getBankAccount'])('%s is not for members', async (id) => {
    expect(await ask(emails.acmeMember, id)).toBe(403)
    expect(await ask(emails.acmeAccountant, id)).toBe(200)
    expect(await ask(emails.acmeOwner, id)).toBe(200)
  })

  it.each(['listInvoices', 'searchInvoices', 'getInvoice', 'listTransactions', 'getContract'])(
    '%s is for every member',
    async (id) => {
      expect(await ask(emails.acmeMember, id)).toBe(200)
    },
  )

  it('a role counts in its own organization only', async () => {
    const statuses = await Promise.all(
      ['acme', 'globex'].map(async (organization) => {
        const client = await createSessionClient(demo, emails.consultant, {
          'X-Organization-Id': organization,
        })
        return (await client.get('/bank-accounts')).status
      }),
    )

    expect(statuses).toEqual([200, 403])
  })

  it('a session with several organizations must choose one', async () => {
    const client = await createSessionClient(demo, emails.consultant)

    const { status, json } = await client.get('/invoices')

    expect(status).toBe(400)
    expect(at(json, 'errors', 0)).toMatchObject({ in: 'header', name: 'X-Organization-Id' })
  })

  it('a session with one organization need not choose', async () => {
    const client = await createSessionClient(demo, emails.acmeMember)

    expect((await client.get('/invoices')).status).toBe(200)
  })

  it.each(['globex', 'nowhere', 'ACME', 'acme, globex'])(
    'a session cannot act in the organization "%s" it does not belong to',
    async (organization) => {
      const headers = { 'X-Organization-Id': organization }
      const client = await createSessionClient(demo, emails.acmeOwner, headers)

      const { status } = await client.get('/invoices')

      expect(status).toBe(403)
    },
  )

  it('API credentials cannot act in another organization, whoever they act as', async () => {
    const client = createApiClient(demo, 'acme', emails.consultant)

    const answer = await client.send({
      path: '/invoices',
      headers: { 'X-Organization-Id': 'globex' },
    })

    expect(answer.status).toBe(403)
  })

  it('API credentials list only their own organization', async () => {
    const { json } = await createApiClient(demo, 'globex', emails.consultant).get(
      '/me/organizations',
    )

    expect(json).toEqual({
      data: [
        {
          id: 'globex',
          name: 'Globex “North Sea” Ltd',
          role: 'member',
          plan: 'team',
          baseCurrency: 'GBP',
          timeZone: 'Europe/London',
        },
      ],
    })
  })

  it.each<[string, Asked['headers'], number]>([
    ['a wrong key', { 'X-Api-Key': 'acme-demo-kex' }, 401],
    ['a wrong secret', { 'X-Api-Secret': 'globex-demo-secret' }, 401],
    ['an empty secret', { 'X-Api-Secret': '' }, 401],
    ['no member', { 'X-User-Email': '' }, 401],
    ['a member of the other organization', { 'X-User-Email': emails.globexOwner }, 403],
    ['a stranger', { 'X-User-Email': 'nobody@acme.example' }, 403],
    ['a bearer token that is none', { Authorization: 'Bearer acme-demo-key' }, 401],
    ['another scheme', { Authorization: 'Basic YWJjOmRlZg==' }, 401],
  ])('API credentials with %s are refused', async (_name, headers = {}, status) => {
    const { key, secret } = credentials.acme
    const good = { 'X-Api-Key': key, 'X-Api-Secret': secret, 'X-User-Email': emails.acmeOwner }

    const answer = await createClient(demo).send({ path: '/me', headers: { ...good, ...headers } })

    expect(answer.status).toBe(status)
  })

  it('an email is found in any case', async () => {
    const { json } = await createApiClient(demo, 'acme', 'Owner@ACME.example').get('/me')

    expect(at(json, 'email')).toBe(emails.acmeOwner)
  })
})
