import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { credentials } from '../../support/flowtly.ts'
import { storeKinds } from '../../support/stores.ts'
import { call, runHere, startDeployment, toResult, type TestDeployment } from './deployment.ts'

const ACME = credentials()
const GLOBEX = credentials('owner@globex.example', 'globex')

describe.each(storeKinds)('the switches of $kind', (kind) => {
  let deployment: TestDeployment
  let store: Store
  beforeAll(async () => {
    deployment = await startDeployment(kind)
    store = await openStore({ url: deployment.databaseUrl, now: Date.now })
    for (const headers of [ACME, GLOBEX]) await call(deployment.url, headers)
  })
  afterAll(async () => {
    await store.close()
    await deployment.close()
  })

  const here = (...args: readonly string[]) => runHere(args, deployment.env)
  const json = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await here(...args, '--json')
    if (code !== 0) throw new Error(stderr)
    return toResult(stdout)
  }
  const stateOf = async (name: string, ...more: readonly string[]) =>
    (await json('tools', 'list', ...more)).items.find((each) => each['name'] === name)

  it('take a tool off for one organization, and list it', async () => {
    const off = await here('tools', 'off', 'invoices.get', '--org', 'acme')

    expect(off).toMatchObject({
      code: 0,
      stdout: '"invoices.get" is off for organization "acme".\n',
      stderr: '',
    })
    const offBy = [{ name: 'invoices.get', organization: 'acme', since: expect.any(String) }]
    expect(await stateOf('invoices.get')).toEqual({ name: 'invoices.get', state: 'on', offBy })
    expect(await stateOf('invoices.get', '--org', 'acme')).toMatchObject({ state: 'off', offBy })
    expect(await stateOf('invoices.get', '--org', 'globex')).toMatchObject({
      state: 'on',
      offBy: [],
    })
    expect((await here('tools', 'list')).stdout).toMatch(
      /^invoices\.get +on +"invoices\.get" for organization "acme"$/m,
    )
    await here('tools', 'on', 'invoices.get', '--org', 'acme')
    expect(await stateOf('invoices.get', '--org', 'acme')).toMatchObject({ state: 'on', offBy: [] })
  })

  it('say what else keeps off what was switched on', async () => {
    await here('tools', 'off', 'contracts')
    await here('tools', 'off', 'contracts.get', '--org', 'acme')

    const tool = await here('tools', 'on', 'contracts.get', '--org', 'acme')
    const namespace = await here('tools', 'on', 'contracts', '--org', 'acme')
    await here('tools', 'off', 'contracts.list', '--org', 'globex')
    const all = await here('tools', 'on', 'contracts')
    await here('tools', 'on', 'contracts.list', '--org', 'globex')

    expect(tool).toMatchObject({ code: 0, stderr: 'Still off: "contracts" for everybody.\n' })
    expect(namespace).toMatchObject({
      code: 0,
      stdout: '"contracts" is on already for organization "acme".\n',
      stderr: 'Still off: "contracts" for everybody.\n',
    })
    expect(all).toMatchObject({
      code: 0,
      stderr: 'Still off: "contracts.list" for organization "globex".\n',
    })
  })

  it('can be set twice, which changes nothing', async () => {
    await here('tools', 'off', 'projects')
    const before = await store.switches.revision()

    const again = await json('tools', 'off', 'projects')

    expect(again.first).toEqual({
      name: 'projects',
      organization: null,
      state: 'off',
      changed: false,
    })
    expect(await store.switches.revision()).toBe(before)
    await here('tools', 'on', 'projects')
  })

  it('of a tool that the connector has no longer are told, and can be taken away', async () => {
    await store.switches.turnOff('acme', 'old.tool')

    const listed = await here('tools', 'list')
    const on = await here('tools', 'on', 'old.tool', '--org', 'acme')

    expect(listed.stderr).toBe(
      'Off, and no tool of this connector: "old.tool" for organization "acme".\n',
    )
    expect(on.code).toBe(0)
    expect(await store.switches.list()).toEqual([])
  })

  it.each([
    [
      ['tools', 'off', 'invoice'],
      'there is no tool or namespace "invoice"; did you mean "invoices"?',
    ],
    [
      ['tools', 'on', 'invoices_get'],
      'there is no tool or namespace "invoices_get"; did you mean "invoices.get"?',
    ],
    [['tools', 'off', 'invoices', '--org', 'acm'], 'there is no organization "acm"; did you mean'],
    [['tools', 'list', '--org', 'nobody-at-all'], 'there is no organization "nobody-at-all"'],
    [['orgs', 'limit', 'acm', '5'], 'there is no organization "acm"; did you mean "acme"?'],
  ])('refuse %j with the nearest match', async (args, message) => {
    const before = await store.switches.revision()

    const { code, stderr } = await here(...args)

    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) })
    expect(await store.switches.revision()).toBe(before)
  })

  it('give an organization a limit, and take it away', async () => {
    const given = await here('orgs', 'limit', 'acme', '250')
    const listed = await here('orgs', 'list')
    const found = (await json('orgs', 'list')).items.find((each) => each['id'] === 'acme')
    const taken = await json('orgs', 'limit', 'acme', '--none')

    expect(given).toMatchObject({
      code: 0,
      stdout: 'Each member of organization "acme" has 250 calls in a minute.\n',
    })
    expect(listed.stdout).toMatch(/^ID .* LIMIT /m)
    expect(listed.stdout).toMatch(/^acme .* active +- +250 /m)
    expect(found).toMatchObject({ rateLimit: 250 })
    expect(taken.first).toMatchObject({ id: 'acme', rateLimit: null })
  })

  it('take everything out of service, and back', async () => {
    const on = await here('maintenance', 'on', '--message', 'Back at noon.')
    const again = await json('maintenance', 'on', '--message', 'Back at one.')
    const same = await here('maintenance', 'on', '--message', 'Back at one.')
    const shown = await json('maintenance', 'show')
    const off = await here('maintenance', 'off')
    const twice = await here('maintenance', 'off')

    expect(on).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^The connector is out of service since \d{4}-\d\d-\d\d \d\d:\d\d UTC: "Back at noon\."\.\n$/,
      ),
    })
    expect(same).toMatchObject({ code: 0, stderr: 'Nothing has changed.\n' })
    expect(shown.first).toEqual(again.first)
    expect(shown.first).toEqual({
      maintenance: true,
      since: expect.any(String),
      message: 'Back at one.',
    })
    expect(off).toMatchObject({ code: 0, stdout: 'The connector is in service.\n', stderr: '' })
    expect(twice).toMatchObject({ code: 0, stderr: 'Nothing has changed.\n' })
    expect((await json('maintenance', 'show')).first).toMatchObject({ maintenance: false })
  })
})
