import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { decide, signIn } from '../../support/oauth-client.ts'
import { createRealmClient } from '../../support/realm-client.ts'

let database: DatabaseFile
let running: Awaited<ReturnType<typeof startWithDemo>>
beforeAll(async () => {
  database = await createDatabaseFile()
  running = await startWithDemo({
    DATABASE_URL: database.url,
    PUBLIC_URL: 'http://localhost:8787',
    TENANT_HOSTS: '{tenant}.mcp.example.com',
  })
})
afterAll(async () => {
  await running.close()
  await database.drop()
})

async function consentAt(origin: string) {
  const client = createRealmClient(origin, running.connector.port)
  const { session, page } = await client.open(await client.register())
  return { session, consent: await signIn(session, page) }
}

describe('a person without an organization to connect', () => {
  it('is told so, and gets back to the client', async () => {
    const { session, consent } = await consentAt('http://globex.mcp.example.com:8787')

    const { url } = await session.submit(consent, { action: 'deny' })

    expect(consent.status).toBe(403)
    expect(consent.text).toContain('There is no organization to connect')
    expect(new URL(url).searchParams.get('error')).toBe('access_denied')
  })
})

describe('an organization that is switched off', () => {
  it('is not connected, and the page says whom to ask', async () => {
    const first = await consentAt('http://localhost:8787')
    await decide(first.session, first.consent)
    database.run("update organization set status = 'disabled'")
    const { session, consent } = await consentAt('http://localhost:8787')

    const page = await decide(session, consent)

    expect(page.status).toBe(403)
    expect(page.text).toContain('Connections are switched off')
    expect(page.text).toContain('Ask an administrator')
    expect(database.all('select id from member_grant')).toHaveLength(1)
  })
})
