import { DatabaseSync } from 'node:sqlite'
import { expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { connect, refreshTokens } from '../../support/oauth-client.ts'
import { storeKinds } from '../../support/stores.ts'

it('a last use that cannot be noted costs no code, no token and no refresh', async () => {
  const [sqlite] = storeKinds
  if (sqlite === undefined) throw new Error('no kind of store')
  const { url: databaseUrl, drop } = await sqlite.create()
  await using running = await startWithDemo({ DATABASE_URL: databaseUrl })
  const { url } = running.connector
  const database = new DatabaseSync(databaseUrl.replace('sqlite:', ''))
  database.exec(
    "create trigger full before update of last_used_at on client begin select raise(abort, 'full'); end",
  )

  const { client, tokens } = await connect(url)
  const refreshed = await refreshTokens(url, client, tokens.refresh_token)

  expect(refreshed).toMatchObject({ status: 200 })
  expect((await refreshTokens(url, client, refreshed.refresh_token)).status).toBe(200)
  database.close()
  await drop()
})
