import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCredentialProxy } from '../support/credential-proxy.ts'
import { startWithDemo } from '../support/flowtly.ts'
import { runNode } from '../support/run.ts'
import { CONFORMANCE } from './conformance-path.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let proxy: Awaited<ReturnType<typeof startCredentialProxy>>

beforeAll(async () => {
  running = await startWithDemo()
  proxy = await startCredentialProxy(running.connector.url)
})

afterAll(async () => {
  await proxy.close()
  await running.close()
})

describe('the official conformance suite', () => {
  it.each([['2026-07-28'], ['2025-11-25']])(
    'finds nothing against %s beyond the expected failures, and each of those',
    async (revision) => {
      const expected = join(import.meta.dirname, `expected-failures-${revision}.yaml`)

      const { code, stdout, stderr } = await runNode([
        ...[CONFORMANCE, 'server', '--url', `${proxy.url}/mcp`],
        ...['--requirements', revision, '--expected-failures', expected],
      ])

      expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' })
    },
    240_000,
  )
})
