import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { createSpoolFolder, openTestAudit, readAll } from './fixture.ts'
import { PROCESS_ENV } from '../../support/process-env.ts'

const WORKER = join(import.meta.dirname, 'record-worker.ts')
const EVENTS = 1_200

describe.each(storeKinds)('processes that record at once on $kind', (kind) => {
  let stores: TestStores
  let folder: ReturnType<typeof createSpoolFolder>
  beforeEach(async () => {
    stores = await openTestStores(kind)
    folder = createSpoolFolder()
  })
  afterEach(async () => {
    await stores.close()
    folder.remove()
  })

  /** @param killAfter how many events it may record; it ends by itself with 0 */
  async function record(name: string, killAfter: number): Promise<readonly string[]> {
    const args = [stores.url, folder.path, TEST_SECRET_KEY.reveal(), name, String(EVENTS)]
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', WORKER, ...args],
      {
        env: PROCESS_ENV,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (killAfter > 0 && printed.split('\n').length > killAfter) child.kill('SIGKILL')
    })
    await once(child, 'close')
    return printed.split('\n').filter((line) => line !== '')
  }

  const readChains = () =>
    Promise.all(['acme', 'globex'].map((each) => readAll(stores.store.auditEvents, each)))
  const readStored = async () =>
    (await readChains()).flat().map(({ event }) => String(event.requestId))

  it('lose nothing and double nothing, whichever of them is killed', async () => {
    const printed = await Promise.all([
      record('killed-early', 200),
      record('killed-late', 700),
      record('one', 0),
      record('other', 0),
    ])

    const audit = openTestAudit(stores.store.auditEvents, { spool: folder.path })
    const deadline = Date.now() + 30_000
    const recorded = new Set(printed.flat())
    while (recorded.difference(new Set(await readStored())).size > 0 && Date.now() < deadline) {
      await wait(50)
    }
    await audit.close()

    const chains = await readChains()
    const stored = await readStored()
    expect(printed[0].length).toBeLessThan(EVENTS)
    expect(new Set(stored).size).toBe(stored.length)
    expect(printed.flat().filter((id) => !new Set(stored).has(id))).toEqual([])
    for (const chain of chains) {
      expect(chain.map(({ sequence }) => sequence)).toEqual(chain.map((_, index) => index + 1))
    }
    expect(await audit.verify('acme')).toMatchObject({ problems: [] })
  }, 120_000)
})
