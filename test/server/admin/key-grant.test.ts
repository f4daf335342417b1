import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { createDeployment } from '../../../server/admin/deployment.ts'
import { addKeyGrant } from '../../../server/admin/key-grant.ts'
import { readConfig } from '../../../server/config.ts'
import { loadConnector } from '../../../server/connector.ts'
import type { Login } from '../../../server/mcp/tool.ts'
import { createServices } from '../../../server/services.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { assembleUpstream } from '../../../server/upstream/assemble.ts'
import { oidcLogin, withLogin } from '../../support/connectors.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'

const OIDC = { OIDC_CLIENT_ID: 'sluice', OIDC_CLIENT_SECRET: 'secret' }
const REQUEST = {
  email: 'owner@acme.example',
  organizationId: 'acme',
  keyName: 'nightly',
  scopes: ['invoices:read'],
}

let demo: Awaited<ReturnType<typeof startDemo>>
let store: Store
beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  store = await openStore({ url: 'sqlite::memory:', now: Date.now })
})
afterAll(async () => {
  await store.close()
  await demo.close()
})

/** A deployment of the shipped connector with another way to sign in; notes what it asks for. */
async function deploymentWith(login: Login, answers: readonly string[]) {
  const asked: string[] = []
  const config = readConfig({ UPSTREAM_URL: demo.url, ...(login.kind === 'oidc' && OIDC) })
  const { connector: shipped } = await loadConnector('flowtly')
  const connector = withLogin(shipped, login)
  const baseUrl = new URL(demo.url)
  const now = Date.now
  const { upstream, close: closeUpstream } = assembleUpstream({
    ...{ connector, baseUrl, credential: null },
    timeoutMs: 5_000,
  })
  const askSecrets = (labels: readonly string[]) => {
    asked.push(...labels)
    return Promise.resolve(answers)
  }
  const deployment = {
    ...createDeployment({ config, askSecrets, now, isRecorded: false }),
    openServices: () =>
      createServices({
        ...{ config, connector, upstream, store, now },
        secretKey: TEST_SECRET_KEY,
        publicUrl: new URL('http://localhost'),
      }),
  }
  return { deployment, asked, close: () => closeUpstream() }
}

describe('the grant of a key', () => {
  it('asks for key and secret where members sign in with API credentials', async () => {
    const login = { kind: 'api-credentials' } as const
    const { deployment, asked, close } = await deploymentWith(login, [
      'acme-demo-key',
      'acme-demo-secret',
    ])

    const id = await addKeyGrant(deployment, store, REQUEST)
    const grant = await store.grants.findLive(id)
    await close()

    expect(asked).toEqual(['API key', 'API secret'])
    expect(grant).toMatchObject({
      memberEmail: 'owner@acme.example',
      organizationId: 'acme',
      clientId: null,
      clientName: 'API key: nightly',
      scopes: ['invoices:read'],
    })
    expect(grant?.credential).not.toContain('acme-demo-secret')
  })

  it('is not made where members sign in at an identity provider: a connection serves instead', async () => {
    const { deployment, asked, close } = await deploymentWith(oidcLogin('https://id.example'), [])

    const made = addKeyGrant(deployment, store, REQUEST)

    await expect(made).rejects.toThrow(/sign in at id\.example, in a browser.*use --grant/)
    await close()
    expect(asked).toEqual([])
  })
})
