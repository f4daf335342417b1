import { startDemo } from '../../demo/server.ts'
import { openStore } from '../../server/store/open-store.ts'
import type { Connector } from '../../server/mcp/tool.ts'
import type { Store } from '../../server/store/store.ts'
import { startChanged } from './connectors.ts'
import type { TestConnector } from './flowtly.ts'
import { storeKinds } from './stores.ts'
import { until } from './until.ts'

/** So often the instances of these tests look, which then need not wait. */
const POLL_MS = 20

/** Waits until an instance has seen whatever the store says now. */
export async function seen(connector: TestConnector, { switches }: Store): Promise<void> {
  const revision = await switches.revision()
  const line = `"event":"switches_reloaded","revision":${revision}`
  await until(() => connector.log.some((each) => each.includes(line)))
}

/**
 * The demo upstream with a connector before it, and the operator's view of its database.
 *
 * @param change what is made of the shipped connector
 */
export async function startSwitched(
  env: Readonly<Record<string, string>> = {},
  change: (connector: Connector) => Connector = (connector) => connector,
) {
  const [sqlite] = storeKinds
  const database = await sqlite?.create()
  if (database === undefined) throw new Error('no database')
  const demo = await startDemo({ port: 0 })
  const connector = await startChanged(
    change,
    demo.url,
    { DATABASE_URL: database.url, ...env },
    POLL_MS,
  )
  const store = await openStore({ url: database.url, now: Date.now })

  /** Changes something, and waits until the connector knows it. */
  async function changeStore(work: (store: Store) => Promise<unknown>): Promise<void> {
    const before = await store.switches.revision()
    await work(store)
    if ((await store.switches.revision()) !== before) await seen(connector, store)
  }

  return {
    url: connector.url,
    demo,
    connector,
    store,
    change: changeStore,
    async close() {
      await store.close()
      await connector.close()
      await demo.close()
      await database.drop()
    },
  }
}
