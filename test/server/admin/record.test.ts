import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { openAuditReader, type AuditReader } from '../../support/audit-reader.ts'
import { credentials } from '../../support/flowtly.ts'
import { storeKinds } from '../../support/stores.ts'
import { call, runHere, startDeployment, toResult, type TestDeployment } from './deployment.ts'

const PASSWORD = 'sluice-demo\n'
const KEY = ['--org', 'acme', '--name', 'nightly', '--scopes', 'all'] as const
const AS_OWNER = ['--email', 'owner@acme.example'] as const
const ACME = { organization: 'acme' } as const

/** Each changes what those above it have left; an event that is not told is one too many. */
const CHANGES = [
  [
    'orgs add new --name New',
    [{ type: 'organization.added', organization: 'new', reason: 'active' }],
  ],
  [
    'orgs disable new',
    [{ type: 'organization.changed', subject: 'organization:new', reason: 'disabled' }],
  ],
  ['orgs disable new', []],
  ['orgs enable new', [{ type: 'organization.changed', organization: 'new', reason: 'active' }]],
  [
    'orgs add late --name Late --status pending',
    [{ type: 'organization.added', reason: 'pending' }],
  ],
  ['orgs activate late', [{ type: 'organization.changed', reason: 'active' }]],
  ['orgs tenant new label', [{ type: 'organization.changed', reason: 'tenant_set' }]],
  ['orgs tenant new --none', [{ type: 'organization.changed', reason: 'tenant_removed' }]],
  ['orgs limit acme 250', [{ ...ACME, type: 'limit.changed', reason: 'limit_set', count: 250 }]],
  ['orgs limit acme 250', []],
  ['orgs limit acme --none', [{ ...ACME, type: 'limit.changed', reason: 'limit_removed' }]],
  [
    'tools off invoices',
    [{ type: 'switch.changed', organization: null, subject: 'namespace:invoices', reason: 'off' }],
  ],
  ['tools off invoices', []],
  ['tools on invoices', [{ type: 'switch.changed', subject: 'namespace:invoices', reason: 'on' }]],
  [
    'tools off invoices.get --org acme',
    [{ ...ACME, type: 'switch.changed', subject: 'tool:invoices.get', reason: 'off' }],
  ],
  ['tools on invoices.get --org acme', [{ ...ACME, type: 'switch.changed', reason: 'on' }]],
  [
    'maintenance on --message Marked-prose',
    [{ type: 'switch.changed', organization: null, subject: 'maintenance', reason: 'on' }],
  ],
  ['maintenance on --message Marked-prose', []],
  ['maintenance off', [{ type: 'switch.changed', subject: 'maintenance', reason: 'off' }]],
  ['keys rotate', [{ type: 'signing-key.rotated', organization: null }]],
  ['orgs list', []],
  ['tools list', []],
  ['maintenance show', []],
  ['audit verify', []],
  ['database migrate', []],
] as const

const REFUSED = [
  'orgs activate nobody-at-all',
  'orgs add acme --name Acme',
  'orgs limit nobody-at-all 5',
  'tools off nothing.at.all',
  'grants revoke nothing',
  'keys revoke nothing',
  'clients deactivate nothing',
  'clients rotate-secret nothing',
  'clients create --name x --type other --redirect-uri http://example.com',
]

describe.each(storeKinds)('what an operator changes on $kind', (kind) => {
  let deployment: TestDeployment
  let store: Store
  let audit: AuditReader
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-record-'))
    deployment = await startDeployment(kind)
    store = await openStore({ url: deployment.databaseUrl, now: Date.now })
    audit = await openAuditReader(store)
    await call(deployment.url, credentials())
    await audit.next(1)
  })
  afterAll(async () => {
    await store.close()
    await deployment.close()
    rmSync(folder, { recursive: true })
  })

  const here = (args: readonly string[], input?: string) => runHere(args, deployment.env, input)
  const json = async (args: readonly string[], input?: string) => {
    const { code, stdout, stderr } = await here([...args, '--json'], input)
    if (code !== 0) throw new Error(stderr)
    return toResult(stdout).first
  }

  it.each(CHANGES)('is on record once, as the operator’s: %s', async (command, wanted) => {
    const { code } = await here(command.split(' '))
    const events = await audit.next(wanted.length)

    expect(code).toBe(0)
    const full = wanted.map((each) => ({ ...each, outcome: 'success', credential: 'operator' }))
    expect(events).toMatchObject(full)
    expect(JSON.stringify(events)).not.toContain('Marked')
  })

  it('is on record of keys, with whose they are, and never with what they are', async () => {
    const owned = { ...ACME, member: expect.any(String), credential: 'operator' }

    const made = await json(['keys', 'create', ...KEY, ...AS_OWNER], PASSWORD)
    const [id, grantId] = [String(made['id']), String(made['grantId'])]
    const second = await json(['keys', 'create', ...KEY, '--grant', grantId])
    await here(['keys', 'revoke', id])
    await here(['grants', 'revoke', grantId])
    const events = await audit.next(5)

    expect(events).toMatchObject([
      { ...owned, type: 'consent.given', subject: `grant:${grantId}` },
      { ...owned, type: 'key.created', subject: `key:${id}` },
      { ...owned, type: 'key.created', subject: `key:${String(second['id'])}` },
      { ...owned, type: 'key.revoked', subject: `key:${id}` },
      { ...owned, type: 'grant.ended', subject: `grant:${grantId}`, reason: 'revoked' },
    ])
    for (const secret of [made['key'], second['key'], PASSWORD.trim()]) {
      expect(JSON.stringify(events)).not.toContain(secret)
    }
  })

  it('is on record of each connection that ends', async () => {
    for (let number = 0; number < 2; number += 1) {
      await json(['keys', 'create', ...KEY, ...AS_OWNER], PASSWORD)
    }
    await audit.next(4)

    await here(['grants', 'revoke', '--all', '--yes'])
    const events = await audit.next(2)

    const ended = { ...ACME, type: 'grant.ended', reason: 'revoked', credential: 'operator' }
    expect(events).toMatchObject([ended, ended])
  })

  it('is on record of clients, without their secrets', async () => {
    const made = await json(['clients', 'create', '--name', 'Nightly', '--type', 'claude'])
    const id = String(made['clientId'])
    const rotated = await json(['clients', 'rotate-secret', id])
    for (const verb of ['deactivate', 'deactivate', 'activate']) await here(['clients', verb, id])
    const events = await audit.next(4)

    const own = { subject: `client:${id}`, clientName: 'Nightly', credential: 'operator' }
    expect(events).toMatchObject([
      { ...own, type: 'client.created' },
      { ...own, type: 'client.changed', reason: 'secret_rotated' },
      { ...own, type: 'client.changed', reason: 'inactive' },
      { ...own, type: 'client.changed', reason: 'active' },
    ])
    for (const secret of [made['clientSecret'], rotated['clientSecret']]) {
      expect(JSON.stringify(events)).not.toContain(secret)
    }
  })

  it.each(REFUSED)('is not on record where it was refused: %s', async (command) => {
    const { code } = await here(command.split(' '))

    expect(code).not.toBe(0)
    expect(await audit.next(0)).toEqual([])
  })

  it.each([
    ['the spool cannot be written', { AUDIT_SPOOL: 'a file' }, /AUDIT_SPOOL .* cannot be used/],
    ['there is no secret key', { SECRET_KEY: '' }, /SECRET_KEY is required/],
    [
      'the secret key is another',
      { SECRET_KEY: Buffer.alloc(32, 8).toString('base64') },
      /SECRET_KEY is not the one/,
    ],
  ])('is refused first where %s; what only reads is not', async (_title, wrong, message) => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const env = {
      ...deployment.env,
      ...wrong,
      ...('AUDIT_SPOOL' in wrong && { AUDIT_SPOOL: file }),
    }
    const before = await store.switches.revision()

    const changes = await Promise.all(
      ['tools off projects', 'orgs disable acme', 'maintenance on'].map((command) =>
        runHere(command.split(' '), env),
      ),
    )
    const list = await runHere(['tools', 'list'], env)

    for (const { code, stdout, stderr } of changes) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(message)
    }
    expect(list.code).toBe(0)
    expect(await store.switches.revision()).toBe(before)
    expect(await audit.next(0)).toEqual([])
  })

  it('is in chains that stay whole while a server records, too', async () => {
    const calls = Array.from({ length: 20 }, () => call(deployment.url, credentials()))
    const commands = ['150', '250', '350'].map((limit) => here(['orgs', 'limit', 'acme', limit]))
    const codes = (await Promise.all(commands)).map(({ code }) => code)
    await Promise.all(calls)
    const events = await audit.next(23)

    const verified = await here(['audit', 'verify'])

    expect(codes).toEqual([0, 0, 0])
    expect(events).toHaveLength(23)
    expect(verified).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('a database that a command makes', () => {
  it('is not made where nothing could be recorded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-record-'))
    const spool = join(folder, 'spool')
    writeFileSync(spool, '')
    const file = join(folder, 'sluice.db')
    const env = {
      AUDIT_SPOOL: spool,
      DATABASE_URL: `sqlite:${file}`,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    }

    const unwritable = await runHere(['orgs', 'add', 'acme', '--name', 'Acme'], env)
    const keyless = await runHere(['orgs', 'add', 'acme', '--name', 'Acme'], {
      ...env,
      ...{ AUDIT_SPOOL: join(folder, 'other'), SECRET_KEY: '', UPSTREAM_URL: 'http://127.0.0.1:1' },
    })
    const isMade = existsSync(file)
    const left = readdirSync(folder)
    rmSync(folder, { recursive: true })

    expect([unwritable.code, keyless.code, isMade]).toEqual([2, 2, false])
    expect(left).toEqual(['spool'])
  })
})
