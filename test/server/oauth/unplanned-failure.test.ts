import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  createPkce,
  registerClient,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'

const { challenge } = createPkce()

let database: DatabaseFile
let running: Awaited<ReturnType<typeof startWithDemo>>
let client: TestClient
beforeEach(async () => {
  database = await createDatabaseFile()
  running = await startWithDemo({ DATABASE_URL: database.url })
  client = await registerClient(running.connector.url)
})
afterEach(async () => {
  await running.close()
  await database.drop()
})

const open = (session: ReturnType<typeof startBrowserSession>) =>
  session.open(authorizationUrl(running.connector.url, client, challenge))

describe('what nobody planned for', () => {
  it('is a page to a person who signs in, and an error with its cause in the log', async () => {
    const session = startBrowserSession()
    const first = await open(session)
    database.run('drop table attempt')

    const page = await signIn(session, first)

    expect(page.status).toBe(500)
    expect(page.text).toContain('Something went wrong')
    expect(page.text).not.toContain('attempt')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(running.connector.log.join('')).toMatch(/"unplanned_error".*no such table: attempt/)
  })

  it('is not blamed on the program where the authorization server fails', async () => {
    database.run('drop table model')

    const page = await open(startBrowserSession())

    expect(page.status).toBe(500)
    expect(page.text).toContain('Something went wrong')
    expect(page.text).not.toContain('The program that sent you here')
  })
})
