import { describe, expect, it } from '@jest/globals'
import { MIGRATIONS } from '../../../server/store/migrations.ts'
import { storeKinds } from '../../support/stores.ts'
import { runHere } from './deployment.ts'

const SCHEMA = MIGRATIONS.length

describe.each(storeKinds)('the database on $kind', ({ create }) => {
  it('is made, and brought up to date as often as asked', async () => {
    const { url, drop } = await create()
    const env = { DATABASE_URL: url, CONNECTOR: 'flowtly' }

    const first = await runHere(['database', 'migrate', '--json'], env)
    const second = await runHere(['database', 'migrate'], env)
    const used = await runHere(['orgs', 'list'], env)

    expect(first).toMatchObject({ code: 0, stdout: `{\n  "schema": ${SCHEMA}\n}\n` })
    expect(second).toMatchObject({ code: 0, stdout: `The database has schema ${SCHEMA}.\n` })
    expect(used).toMatchObject({ code: 0, stderr: 'none\n' })
    await drop()
  })

  it.each([
    [['database'], 2, '"database" alone does nothing: database migrate'],
    [['database', 'migrat'], 2, 'database migrate'],
    [['database', 'migrate', 'now'], 2, 'takes no "now"'],
  ])('refuses %j', async (args, code, text) => {
    const refused = await runHere(args, { DATABASE_URL: 'sqlite:/nowhere/sluice.db' })

    expect(refused.code).toBe(code)
    expect(refused.stderr).toContain(text)
  })
})
