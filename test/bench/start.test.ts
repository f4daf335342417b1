import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { toRequest } from '../../bench/load/shot.ts'
import { measureStart } from '../../bench/start/measure-start.ts'
import { PROCESS_ENV } from '../support/process-env.ts'
import { findFreePorts } from '../support/server-process.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('the measurement of a start', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-start-'))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  async function measure(env: Readonly<Record<string, string>>) {
    const [port = 0] = await findFreePorts(1)
    return measureStart({
      folder: ROOT,
      port,
      env: {
        ...PROCESS_ENV,
        DATABASE_URL: 'sqlite::memory:',
        AUDIT_SPOOL: join(folder, 'audit'),
        SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
        UPSTREAM_URL: 'http://127.0.0.1:9',
        ...env,
      },
      message: toRequest({}, '{"jsonrpc":"2.0","id":1,"method":"ping"}'),
    })
  }

  it('ends with what the server says where it does not start', async () => {
    await expect(measure({ CONNECTOR: 'none' })).rejects.toThrow(
      'CONNECTOR: "none" was not generated',
    )
  })

  it('ends where a message is answered with anything but 200', async () => {
    await expect(measure({})).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/^it answers 401 /) },
    })
  })
})
