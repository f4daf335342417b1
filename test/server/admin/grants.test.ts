import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bearer, connect, refreshTokens } from '../../support/oauth-client.ts'
import { storeKinds } from '../../support/stores.ts'
import { call, runHere, startDeployment, type TestDeployment } from './deployment.ts'

describe.each(storeKinds)('grants on $kind', (kind) => {
  let deployment: TestDeployment
  beforeAll(async () => {
    deployment = await startDeployment(kind)
  })
  afterAll(() => deployment.close())

  const statusOf = async (token: string) => (await call(deployment.url, bearer(token))).status
  const grantsOf = async (org: string) =>
    (await deployment.json(['grants', 'list', '--org', org])).items

  it('are listed with who gave what to whom, and nothing sealed', async () => {
    const { url, admin } = deployment
    await connect(url, { scopes: ['invoices:read'] })

    const [grant] = await grantsOf('acme')
    const text = await admin(['grants', 'list', '--member', String(grant?.['memberId'])])

    expect(grant).toMatchObject({
      memberEmail: 'owner@acme.example',
      clientName: 'Test client',
      redirectHost: '127.0.0.1',
      scopes: ['invoices:read'],
      tenant: null,
      endedAt: null,
    })
    expect(grant).not.toHaveProperty('credential')
    expect(text.stdout).toContain('Test client')
  })

  it('end on the next call and the next refresh of a running server', async () => {
    const { url, admin, json } = deployment
    const { client, tokens } = await connect(url)
    const id = String((await grantsOf('acme'))[0]?.['id'])
    const before = await statusOf(tokens.access_token)

    const revoked = await admin(['grants', 'revoke', id])
    const after = await statusOf(tokens.access_token)
    const refreshed = await refreshTokens(url, client, tokens.refresh_token)
    const again = await admin(['grants', 'revoke', id])
    const ended = await json(['grants', 'list', '--ended'])

    expect(before).toBe(200)
    expect(revoked).toMatchObject({ code: 0, stdout: 'Revoked 1 connection.\n' })
    expect(after).toBe(401)
    expect(refreshed).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(again).toMatchObject({ code: 1, stderr: `error: there is no live grant "${id}"\n` })
    expect(ended.items).toContainEqual(expect.objectContaining({ id, endReason: 'revoked' }))
  })

  it('end for everybody, after a yes', async () => {
    const { url, admin } = deployment
    const [one, other] = [await connect(url), await connect(url, { email: 'owner@globex.example' })]

    const unsure = await admin(['grants', 'revoke', '--all'])
    const before = await statusOf(one.tokens.access_token)
    const revoked = await admin(['grants', 'revoke', '--all', '--yes'])

    expect(unsure).toMatchObject({ code: 2, stderr: expect.stringContaining('say --yes') })
    expect(before).toBe(200)
    expect(revoked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Revoked \d+ conn/) })
    expect(await statusOf(one.tokens.access_token)).toBe(401)
    expect(await statusOf(other.tokens.access_token)).toBe(401)
  })

  it('end for a member or an organization, and for nobody else', async () => {
    const { url, env } = deployment
    const owner = await connect(url)
    const partner = await connect(url, {
      email: 'consultant@partners.example',
      organization: 'acme',
    })
    const globex = await connect(url, { email: 'owner@globex.example' })
    const tokens = [owner, partner, globex].map((each) => each.tokens.access_token)
    const memberId = String((await grantsOf('acme')).find(isPartner)?.['memberId'])
    const args = ['grants', 'revoke', '--org', 'acme', '--yes'] as const

    const ofMember = await runHere([...args, '--member', memberId], env)
    const afterMember = await Promise.all(tokens.map(statusOf))
    const ofOrganization = await runHere(args, env)
    const afterOrganization = await Promise.all(tokens.map(statusOf))
    const misspelt = await runHere(['grants', 'revoke', '--org', 'acne', '--yes'], env)

    expect(ofMember).toMatchObject({ code: 0, stdout: 'Revoked 1 connection.\n' })
    expect(afterMember).toEqual([200, 401, 200])
    expect(ofOrganization.code).toBe(0)
    expect(afterOrganization).toEqual([401, 401, 200])
    expect(misspelt).toMatchObject({ code: 1, stderr: expect.stringContaining('"acme"') })
  })

  it('are found by ids that begin with a dash', async () => {
    const { code, stderr } = await runHere(['grants', 'revoke', '-dash'], deployment.env)

    expect(code).toBe(1)
    expect(stderr).toBe('error: there is no live grant "-dash"\n')
  })
})

function isPartner(grant: Readonly<Record<string, unknown>>): boolean {
  return grant['memberEmail'] === 'consultant@partners.example'
}
