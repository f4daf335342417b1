import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApiKey } from '../../../server/access/api-keys.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { operationNames } from '../../support/listed-tools.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { callTool, resultOf, rpc } from '../../support/rpc.ts'
import { storeKinds } from '../../support/stores.ts'
import { call, runHere, startDeployment, type TestDeployment } from './deployment.ts'

const PASSWORD = 'sluice-demo'
const CALL_OUTSIDE =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"transactions.list"}}'
const DAY_MS = 86_400_000

describe.each(storeKinds)('API keys on $kind', (kind) => {
  let deployment: TestDeployment
  beforeAll(async () => {
    deployment = await startDeployment(kind)
    for (const org of ['acme', 'globex']) {
      await runHere(['orgs', 'add', org, '--name', org], deployment.env)
    }
  })
  afterAll(() => deployment.close())

  const statusOf = async (key: string) => (await call(deployment.url, bearer(key))).status

  it('are printed once, alone, and let a script in with the scopes that were chosen', async () => {
    const { url, admin } = deployment

    const made = await admin(
      ['keys', 'create', ...options({ scopes: 'invoices:read,contracts:read' }), ...AS_OWNER],
      `${PASSWORD}\n`,
    )
    const key = made.stdout.trimEnd()
    const listed = await rpc(url, 'tools/list', {}, bearer(key))
    const inside = await callTool(url, 'invoices.list', {}, bearer(key))
    const outside = await call(url, bearer(key), CALL_OUTSIDE)
    const list = await admin(['keys', 'list', '--org', 'acme'])

    expect(made.code).toBe(0)
    expect(key).toMatch(/^flowtly_sk_[\w-]{43}$/)
    expect(made.stderr).toContain('Store it now: it is not shown again.')
    expect(made.stderr).not.toContain(key)
    expect(namespacesOf(listed.result?.['tools'])).toEqual(['contracts', 'invoices'])
    expect(resultOf(inside)).toHaveProperty('data')
    expect(outside).toEqual({ status: 403, error: 'insufficient_scope' })
    expect(list.stdout).toContain(key.slice(0, 'flowtly_sk_'.length + 6))
    expect(list.stdout + list.stderr).not.toContain(key)
    expect(list.stdout + made.stderr).not.toContain(PASSWORD)
  })

  it('last as long as was said, and end when they are revoked', async () => {
    const { admin, json, env } = deployment
    const args = ['keys', 'create', ...options({ expires: '90d' }), ...AS_OWNER]
    const { first } = await json(args, `${PASSWORD}\n`)
    const key = String(first['key'])
    const before = await statusOf(key)

    const revoked = await admin(['keys', 'revoke', String(first['id'])])
    const after = await statusOf(key)
    const again = await runHere(['keys', 'revoke', String(first['id'])], env)
    const unknown = await runHere(['keys', 'revoke', 'nothing'], env)

    expect(Date.parse(String(first['expiresAt'])) - Date.now()).toBeGreaterThan(89 * DAY_MS)
    expect(Date.parse(String(first['expiresAt'])) - Date.now()).toBeLessThanOrEqual(90 * DAY_MS)
    expect(before).toBe(200)
    expect(revoked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Revoked flowtly_sk_/),
    })
    expect(after).toBe(401)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('revoked already') })
    expect(unknown).toMatchObject({ code: 1, stderr: 'error: there is no API key "nothing"\n' })
  })

  it('are refused when their time is over, and listed so', async () => {
    const { databaseUrl, json } = deployment
    const args = ['keys', 'create', ...options({ expires: 'never' }), ...AS_OWNER]
    const { first } = await json(args, `${PASSWORD}\n`)
    const { key, prefix, hash } = createApiKey('flowtly')
    const store = await openStore({ url: databaseUrl, now: Date.now })
    const grantId = String(first['grantId'])
    const scopes = ['invoices:read']
    const expiresAt = Date.now() - 1
    await store.apiKeys.add({ id: 'old', prefix, name: 'old', grantId, scopes, expiresAt, hash })
    await store.close()

    const status = await statusOf(key)
    const { items } = await json(['keys', 'list'])

    expect(first['expiresAt']).toBeNull()
    expect(status).toBe(401)
    expect(items).toContainEqual(expect.objectContaining({ id: 'old', status: 'expired' }))
  })

  it('are made on a connection, within its scopes, and end with it', async () => {
    const { url, admin, json, env } = deployment
    await connect(url, { scopes: ['invoices:read'] })
    const { items } = await json(['grants', 'list', '--org', 'acme'])
    const grant = String(items[0]?.['id'])

    const beyond = await runHere(
      ['keys', 'create', ...options({ scopes: 'contracts:read' }), '--grant', grant],
      env,
    )
    const foreign = await runHere(
      ['keys', 'create', ...options({ org: 'globex' }), '--grant', grant],
      env,
    )
    const made = await admin(['keys', 'create', ...options({}), '--grant', grant])
    const key = made.stdout.trimEnd()
    const before = await statusOf(key)
    await runHere(['grants', 'revoke', grant], env)

    expect(beyond).toMatchObject({ code: 1, stderr: expect.stringContaining('contracts:read') })
    expect(foreign).toMatchObject({ code: 1, stderr: expect.stringContaining('no live grant') })
    expect(made.stderr).toContain('It may read invoices:read and')
    expect(before).toBe(200)
    expect(await statusOf(key)).toBe(401)
  })

  it.each([
    ['a wrong password', {}, 'owner@acme.example', 'wrong\n', 'refused the sign-in'],
    ['no password', {}, 'owner@acme.example', '', 'no value for "Password"'],
    [
      'a member',
      {},
      'member@acme.example',
      `${PASSWORD}\n`,
      'may not approve a key: "owner" or "admin" may',
    ],
    [
      'a stranger',
      { org: 'globex' },
      'owner@acme.example',
      `${PASSWORD}\n`,
      'does not belong to organization "globex", but to "acme"',
    ],
    ['an unknown organization', { org: 'acmee' }, 'x@y', '', 'did you mean "acme"?'],
  ])('are not made for %s', async (_case, chosen, email, input, message) => {
    const { env } = deployment
    const grants = () => runHere(['grants', 'list', '--ended'], env)
    const before = await grants()

    const args = ['keys', 'create', ...options(chosen), '--email', email]
    const { code, stdout, stderr } = await runHere(args, env, input)

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(await grants()).toEqual(before)
  })

  it('are not made for an organization that is switched off, or by a server’s wrong key', async () => {
    const { env } = deployment
    await runHere(['orgs', 'disable', 'globex'], env)
    const otherKey = Buffer.alloc(32, 8).toString('base64')

    const off = await runHere(['keys', 'create', ...options({ org: 'globex' }), ...AS_OWNER], env)
    const wrong = await runHere(['keys', 'create', ...options({}), ...AS_OWNER], {
      ...env,
      SECRET_KEY: otherKey,
    })
    const none = await runHere(['keys', 'rotate'], { ...env, SECRET_KEY: '' })

    expect(off).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is disabled: let it in first, by "orgs enable"'),
    })
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('SECRET_KEY is not') })
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('SECRET_KEY is req') })
  })

  it('say so where the upstream does not answer', async () => {
    const env = { ...deployment.env, UPSTREAM_URL: 'http://127.0.0.1:1' }

    const made = await runHere(
      ['keys', 'create', ...options({}), ...AS_OWNER],
      env,
      `${PASSWORD}\n`,
    )

    expect(made).toMatchObject({ code: 1, stderr: expect.stringContaining('could not check') })
  })
})

describe.each(storeKinds)('the first API key of an organization on $kind', (kind) => {
  it('lets in an organization that nobody has connected yet, as a sign-in does', async () => {
    await using deployment = await startDeployment(kind)
    const args = ['keys', 'create', ...options({}), ...AS_OWNER]

    const { first } = await deployment.json(args, `${PASSWORD}\n`)
    const { items } = await deployment.json(['orgs', 'list'])

    expect(await call(deployment.url, bearer(String(first['key'])))).toMatchObject({ status: 200 })
    expect(items).toMatchObject([{ id: 'acme', name: 'Acme Industries', status: 'active' }])
  })

  it('waits for the activation of its organization where the operator decides', async () => {
    await using deployment = await startDeployment(kind, { ACTIVATION: 'approval' })
    const { env } = deployment
    const args = ['keys', 'create', ...options({}), ...AS_OWNER]

    const early = await runHere(args, env, `${PASSWORD}\n`)
    const activated = await runHere(['orgs', 'activate', 'acme'], env)
    const made = await runHere(args, env, `${PASSWORD}\n`)

    expect(early).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is pending: let it in first, by "orgs activate"'),
    })
    expect([activated.code, made.code]).toEqual([0, 0])
  })
})

describe.each(storeKinds)('signing keys on $kind', (kind) => {
  it('rotate under a running server: the old tokens stay good, and both keys are published', async () => {
    const deployment = await startDeployment(kind)
    try {
      const { url, admin } = deployment
      const { tokens } = await connect(url)
      const before = await publishedKeys(url)

      const rotated = await admin(['keys', 'rotate', '--json'])
      const times: unknown = JSON.parse(rotated.stdout)
      const after = await waitForKeys(url, 2)

      expect(before).toHaveLength(1)
      expect(times).toEqual({
        signsFrom: expect.stringMatching(/^\d{4}-.*Z$/),
        othersVerifyUntil: expect.stringMatching(/^\d{4}-.*Z$/),
      })
      expect(after).toEqual(expect.arrayContaining([...before]))
      const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
      expect(resultOf(answer)).toHaveProperty('data')
    } finally {
      await deployment.close()
    }
  })
})

const AS_OWNER = ['--email', 'owner@acme.example'] as const

function options({ org = 'acme', scopes = 'all', expires = '1d' }): readonly string[] {
  return ['--org', org, '--name', 'nightly', '--scopes', scopes, '--expires', expires]
}

function namespacesOf(tools: unknown): readonly string[] {
  const namespaces = operationNames(tools).map((name) => name.split('.')[0] ?? '')
  return [...new Set(namespaces)].sort()
}

async function publishedKeys(url: string): Promise<readonly string[]> {
  const text = await (await fetch(`${url}/oauth/jwks`)).text()
  return [...text.matchAll(/"kid":"([^"]+)"/g)].map(([, kid = '']) => kid)
}

/** A server looks for new keys every ten seconds. */
async function waitForKeys(url: string, count: number): Promise<readonly string[]> {
  for (let tries = 0; tries < 75; tries += 1) {
    const keys = await publishedKeys(url)
    if (keys.length === count) return keys
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the new key was not published')
}
