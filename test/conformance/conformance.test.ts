import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startConformanceConnector } from '../support/conformance-connector.ts'
import { startCredentialProxy } from '../support/credential-proxy.ts'
import { startWithDemo } from '../support/flowtly.ts'
import { runNode } from '../support/run.ts'
import { CONFORMANCE } from './conformance-path.ts'

describe('the official conformance suite', () => {
  let shipped: Awaited<ReturnType<typeof startWithDemo>>
  let fixtures: Awaited<ReturnType<typeof startConformanceConnector>>
  const proxies: Awaited<ReturnType<typeof startCredentialProxy>>[] = []

  beforeAll(async () => {
    shipped = await startWithDemo()
    fixtures = await startConformanceConnector()
  })

  afterAll(async () => {
    for (const proxy of proxies) await proxy.close()
    await fixtures.close()
    await shipped.close()
  })

  /** Everything that the suite has to say about a server of this revision; `''` is nothing. */
  async function complain(url: string, revision: string, failures: string): Promise<string> {
    const proxy = await startCredentialProxy(url)
    proxies.push(proxy)
    const expected = join(import.meta.dirname, `${failures}-${revision}.yaml`)
    const { code, stdout, stderr } = await runNode([
      ...[CONFORMANCE, 'server', '--url', `${proxy.url}/mcp`],
      ...['--requirements', revision, '--expected-failures', expected],
    ])
    return code === 0 ? '' : stdout + stderr
  }

  it.each([['2026-07-28'], ['2025-11-25']])(
    'finds nothing against %s beyond the expected failures, and each of those',
    async (revision) => {
      const { url } = shipped.connector

      expect(await complain(url, revision, 'expected-failures')).toBe('')
    },
    240_000,
  )

  it.each([['2026-07-28'], ['2025-11-25']])(
    'finds its own resources, prompts and files against %s where a connector has them',
    async (revision) => {
      const { url } = fixtures

      expect(await complain(url, revision, 'fixtures-expected-failures')).toBe('')
    },
    240_000,
  )
})
