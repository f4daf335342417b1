import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MIGRATIONS } from '../../../server/store/migrations.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { runNode } from '../../support/run.ts'
import { storeKinds } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'
import { runAdmin, runHere } from './deployment.ts'

const ROOT = join(import.meta.dirname, '../../..')

const CLIENT = ['--name', 'x', '--type', 'claude'] as const

let folder = ''
let env: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-admin-'))
  env = {
    DATABASE_URL: `sqlite:${join(folder, 'sluice.db')}`,
    SECRET_KEY: TEST_SECRET_KEY.reveal(),
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('npm run admin', () => {
  it('is the command that these tests run', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

    expect(manifest).toMatchObject({
      scripts: { admin: 'node --disable-warning=ExperimentalWarning server/admin/main.ts' },
    })
  })

  it.each([[['--help']], [['orgs', '--help']], [['keys', 'create', '--help']], [['help']]])(
    'shows the one help for %j, whatever the environment is',
    async (args) => {
      const { code, stdout, stderr } = await runHere(args, { PORT: 'x' })

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('Usage: npm run admin --')
      expect(stdout).toContain('keys create --org ID --name NAME')
    },
  )

  it.each([
    [[], 'no command'],
    [['wat'], 'unknown command "wat"'],
    [['orgs'], '"orgs" alone does nothing: orgs list, orgs add'],
    [['orgs', 'lst'], 'unknown command "orgs lst"; did you mean "orgs list"?'],
    [['org', 'list'], 'did you mean "orgs list"?'],
    [['orgs', 'list', '--jsn'], 'unknown option --jsn; did you mean "--json"?'],
    [['orgs', 'list', 'acme'], '"orgs list" takes no "acme"'],
    [['orgs', 'activate'], '"orgs activate" needs ID'],
    [['orgs', 'activate', ''], 'an empty value says nothing'],
    [['orgs', 'add', 'acme'], '--name is required'],
    [['orgs', 'add', 'acme', '--name', 'A', '--status', 'open'], '--status must be active,'],
    [['orgs', 'tenant', 'acme'], 'give a LABEL or --none'],
    [['orgs', 'tenant', 'acme', 'a', '--none'], 'give a LABEL or --none'],
    [['orgs', 'tenant', 'acme', 'A.b'], '"A.b" is no label of a host name'],
    [['orgs', 'limit', 'acme'], 'give a number N or --none'],
    [['orgs', 'limit', 'acme', '5', '--none'], 'give a number N or --none'],
    [['orgs', 'limit', 'acme', '0'], 'N must be a whole number from 1 to 1000000'],
    [['orgs', 'limit', 'acme', '1e3'], 'N must be a whole number'],
    [['orgs', 'limit', 'acme', '1000001'], 'N must be a whole number'],
    [['tools', 'off'], '"tools off" needs NAME'],
    [['tools', 'of', 'invoices'], 'unknown command "tools of"; did you mean "tools off"?'],
    [['maintenance', 'on', '--message', 'a\nb'], '--message must be one line'],
    [['maintenance', 'on', '--message', '\u202eevil'], '--message must be one line'],
    [['maintenance', 'on', '--message', 'x'.repeat(301)], '--message must be one line'],
    [['maintenance', 'on', '--message', '  '], '--message must be one line'],
    [['maintenance'], '"maintenance" alone does nothing: maintenance on'],
    [['grants', 'list', '--org'], '--org needs a value'],
    [['grants', 'revoke'], 'give an ID, --org ID or --all'],
    [['grants', 'revoke', 'g', '--member', 'm'], '--member needs --org'],
    [['grants', 'revoke', '--org', 'acme'], 'this ends all connections of organization "acme"'],
    [['keys', 'create', '--name', 'n'], '--org is required'],
    [['keys', 'create', ...keyOptions({}), '--email', 'e', '--grant', 'g'], 'give --email EMAIL'],
    [['keys', 'create', ...keyOptions({})], 'give --email EMAIL or --grant ID'],
    [['keys', 'create', ...keyOptions({ expires: '0d' }), '--grant', 'g'], '--expires must be'],
    [['keys', 'create', ...keyOptions({ expires: '1y' }), '--grant', 'g'], '--expires must be'],
    [
      ['keys', 'create', ...keyOptions({ scopes: 'invoice:read' }), '--grant', 'g'],
      'there is no scope "invoice:read"; did you mean "invoices:read"?',
    ],
    [
      ['keys', 'create', ...keyOptions({ scopes: 'invoices:read,a:read,b:read' }), '--grant', 'g'],
      'there is no scope "a:read"\n  there is no scope "b:read"',
    ],
    [['clients', 'list', '--kind', 'x'], '--kind must be dynamic or registered'],
    [['clients', 'create', '--type', 'claude'], '--name is required'],
    [['clients', 'create', '--name', 'x', '--type', 'y'], '--type must be claude, chatgpt'],
    [['clients', 'create', '--name', 'x', '--type', 'other'], '--redirect-uri is required'],
    [
      ['clients', 'create', '--name', 'x', '--type', 'claude', '--tenant', 'acme'],
      '--tenant needs TENANT_HOSTS',
    ],
  ])('ends %j with 2 and what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await runHere(args, env)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`error: `)
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('ends as a process with the same code and text', async () => {
    const wrong = await runAdmin(['orgs', 'lst'], env)
    const help = await runAdmin(['--help'], env)

    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toBe('error: unknown command "orgs lst"; did you mean "orgs list"?\n')
    expect(help.code).toBe(0)
  })

  it.each([
    [{ PORT: 'x', LOG_LEVEL: 'y' }, /PORT must be.*\n.*LOG_LEVEL must be/],
    [{ DATABASE_URL: 'sqlite::memory:' }, /is seen by the server itself only/],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/x' }, /no connection to postgres:/],
    [{ CONNECTOR: 'nothing' }, /"nothing" was not generated/],
  ])('ends with 2 where the environment is %j', async (wrong, message) => {
    const args = 'CONNECTOR' in wrong ? ['keys', 'create', ...keyOptions({}), '--grant', 'g'] : null

    const { code, stderr } = await runHere(args ?? ['orgs', 'list'], wrong)

    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it.each([[['orgs', 'list']], [['keys', 'rotate']], [['clients', 'create', ...CLIENT]]])(
    'makes no database for %j',
    async (args) => {
      const { code, stderr } = await runHere(args, env)

      expect(code).toBe(2)
      expect(stderr).toContain('there is no database of this server at sqlite:')
      expect(existsSync(join(folder, 'sluice.db'))).toBe(false)
    },
  )

  it('leaves a file alone that is another program’s', async () => {
    const file = join(folder, 'other.db')
    await writeFile(file, '')

    const { code, stderr } = await runAdmin(['orgs', 'list'], { DATABASE_URL: `sqlite:${file}` })

    expect(code).toBe(2)
    expect(stderr).toContain('there is no database of this server')
  })
})

describe('the demo’s key', () => {
  it('is read where the server has put it, and never made', async () => {
    const cwd = join(folder, 'demo')
    const main = join(ROOT, 'server/admin/main.ts')
    await mkdir(join(cwd, 'data'), { recursive: true })
    const store = await openStore({ url: `sqlite:${cwd}/data/sluice.db`, now: Date.now })
    await store.close()
    const file = join(cwd, 'data/secret.key')

    const without = await runNode([main, 'keys', 'rotate'], { cwd })
    const isMade = existsSync(file)
    await writeFile(file, `${TEST_SECRET_KEY.reveal()}\n`)
    const rotated = await runNode([main, 'keys', 'rotate'], { cwd })

    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('set the server') })
    expect(isMade).toBe(false)
    expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining('signs from') })
  })
})

describe.each(storeKinds)('a database of another version on $kind', ({ create }) => {
  it.each([
    ['newer', MIGRATIONS.length + 1, 'this version knows up to'],
    [
      'older',
      MIGRATIONS.length - 1,
      MIGRATIONS.length === 1 ? 'there is no' : 'this version needs',
    ],
  ])('is left alone where it is %s', async (_age, version, message) => {
    const { url, drop } = await create()
    const store = await openStore({ url, now: Date.now })
    await store.close()
    const raw = await openRawDatabase(url)
    await raw.deleteFrom('schemaVersion').where('version', '>', version).execute()
    if (version > MIGRATIONS.length) {
      await raw.insertInto('schemaVersion').values({ version, appliedAt: 0 }).execute()
    }
    await raw.destroy()

    const { code, stderr } = await runHere(['orgs', 'list'], { DATABASE_URL: url })
    await drop()

    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe.each(storeKinds)('an empty database on $kind', ({ create }) => {
  it('is filled by "orgs add" and by nothing else', async () => {
    const { url, drop } = await create()
    const before = await runAdmin(['orgs', 'list'], { DATABASE_URL: url })
    const added = await runAdmin(['orgs', 'add', 'acme', '--name', 'Acme'], {
      DATABASE_URL: url,
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
    })
    const after = await runAdmin(['orgs', 'list'], { DATABASE_URL: url })
    await drop()

    expect(before).toMatchObject({ code: 2, stdout: '' })
    expect(added).toMatchObject({ code: 0, stdout: 'Organization "acme" is active.\n' })
    expect(after.stdout).toMatch(/^acme +Acme +active/m)
  })
})

function keyOptions({ scopes = 'all', expires = '1d' }): readonly string[] {
  return ['--org', 'acme', '--name', 'n', '--scopes', scopes, '--expires', expires]
}
