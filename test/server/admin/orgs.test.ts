import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import { credentials } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  bearer,
  connect,
  createPkce,
  decide,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { storeKinds } from '../../support/stores.ts'
import { call, runHere, startDeployment, type TestDeployment } from './deployment.ts'

describe.each(storeKinds)('organizations on $kind', (kind) => {
  let deployment: TestDeployment
  beforeAll(async () => {
    deployment = await startDeployment(kind)
  })
  afterAll(() => deployment.close())

  it('are switched off and on for every way in, on the next call of a running server', async () => {
    const { url, admin, json } = deployment
    const { tokens } = await connect(url)
    const key = await json(
      ['keys', 'create', '--org', 'acme', '--name', 'n', '--scopes', 'all', '--email', OWNER],
      'sluice-demo\n',
    )
    const ways = [
      bearer(tokens.access_token),
      bearer(String(key.first['key'])),
      credentials(),
    ] as const
    const callAll = () => Promise.all(ways.map((headers) => call(url, headers)))
    const before = await callAll()

    const disabled = await admin(['orgs', 'disable', 'acme'])
    const off = await callAll()
    const other = await call(url, credentials('owner@globex.example', 'globex'))
    const activated = await admin(['orgs', 'activate', 'acme'])
    const enabled = await admin(['orgs', 'enable', 'acme'])
    const on = await callAll()

    expect(before).toEqual(Array(3).fill(LET_IN))
    expect(disabled).toMatchObject({ code: 0, stdout: 'Organization "acme" is disabled.\n' })
    expect(off).toEqual(Array(3).fill({ status: 403, error: 'mcp_disabled' }))
    expect(other).toEqual(LET_IN)
    expect(activated).toMatchObject({ code: 1, stderr: expect.stringContaining('orgs enable') })
    expect(enabled.code).toBe(0)
    expect(on).toEqual(Array(3).fill(LET_IN))
  })

  it('are listed with who switched them off; the operator switches on what an owner did', async () => {
    const { admin, json, env } = deployment
    for (const id of ['own', 'ours']) await runHere(['orgs', 'add', id, '--name', id], env)
    const store = await openStore({ url: deployment.databaseUrl, now: Date.now })
    await store.organizations.setStatus('own', 'disabled', 'organization')
    await store.close()
    await admin(['orgs', 'disable', 'ours'])

    const listed = await json(['orgs', 'list'])
    const enabled = await json(['orgs', 'enable', 'own'])

    for (const [id, switchedOffBy] of [
      ['own', 'organization'],
      ['ours', 'operator'],
    ]) {
      const shown = expect.objectContaining({ id, status: 'disabled', switchedOffBy })
      expect(listed.items).toContainEqual(shown)
    }
    expect(enabled.first).toMatchObject({ id: 'own', status: 'active', switchedOffBy: null })
  })

  it('get a host label that no other has', async () => {
    const { admin, json, env } = deployment
    await runHere(['orgs', 'add', 'one', '--name', 'One'], env)
    await runHere(['orgs', 'add', 'two', '--name', 'Two', '--status', 'pending'], env)

    const given = await admin(['orgs', 'tenant', 'one', 'first'])
    const taken = await admin(['orgs', 'tenant', 'two', 'first'])
    const listed = await json(['orgs', 'list'])
    const cleared = await json(['orgs', 'tenant', 'one', '--none'])
    const again = await runHere(['orgs', 'add', 'two', '--name', 'Two'], env)
    const enabled = await runHere(['orgs', 'enable', 'two'], env)

    expect(given).toMatchObject({ code: 0, stderr: expect.stringContaining('TENANT_HOSTS') })
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('another') })
    expect(listed.items).toContainEqual(
      expect.objectContaining({ id: 'one', name: 'One', tenant: 'first', status: 'active' }),
    )
    expect(cleared.first).toMatchObject({ id: 'one', tenant: null })
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('it is pending') })
    expect(enabled).toMatchObject({ code: 1, stderr: expect.stringContaining('orgs activate') })
  })

  it.each([['activate'], ['enable'], ['disable'], ['tenant']])(
    'end "orgs %s" with 1 where there is none of that id',
    async (verb) => {
      const args = ['orgs', verb, 'acmee', ...(verb === 'tenant' ? ['x'] : [])]

      const { code, stderr } = await runHere(args, deployment.env)

      expect(code).toBe(1)
      expect(stderr).toBe('error: there is no organization "acmee"; did you mean "acme"?\n')
    },
  )

  it('are shown without what a terminal would obey', async () => {
    const { env } = deployment
    const name = 'Evil\u001b[2J\u009b31m\u202eInc'
    await runHere(['orgs', 'add', 'evil', '--name', name], env)

    const text = await runHere(['orgs', 'list'], env)
    const json = await runHere(['orgs', 'list', '--json'], env)

    expect(text.stdout).toContain('Evil')
    expect(text.stdout + json.stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ name }))
  })
})

describe.each(storeKinds)('an organization that waits on $kind', (kind) => {
  it('is let in by "orgs activate", on the page and by API credentials', async () => {
    const deployment = await startDeployment(kind, { ACTIVATION: 'approval' })
    try {
      const { url, admin } = deployment
      const client = await registerClient(url)
      const consent = async () => {
        const session = startBrowserSession()
        const page = await session.open(authorizationUrl(url, client, createPkce().challenge))
        return decide(session, await signIn(session, page))
      }
      const page = await consent()
      const headers = await call(url, credentials())

      const activated = await admin(['orgs', 'activate', 'acme'])

      expect(page).toMatchObject({ status: 403, text: expect.stringContaining('activat') })
      expect(headers).toEqual({ status: 403, error: 'activation_pending' })
      expect(activated).toMatchObject({ code: 0, stdout: 'Organization "acme" is active.\n' })
      expect((await consent()).url).toContain('code=')
      expect(await call(url, credentials())).toEqual(LET_IN)
    } finally {
      await deployment.close()
    }
  })
})

const OWNER = 'owner@acme.example'
const LET_IN = { status: 200, error: null } as const
