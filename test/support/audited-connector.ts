import { openStore } from '../../server/store/open-store.ts'
import { openAuditReader } from './audit-reader.ts'
import { startWithDemo } from './flowtly.ts'
import { storeKinds } from './stores.ts'

/** The demo with a connector before it, whose database is looked into: PostgreSQL where there is one. */
export async function startAudited(env: Readonly<Record<string, string>> = {}) {
  const kind = storeKinds.at(-1)
  if (kind === undefined) throw new Error('no kind of database')
  const database = await kind.create()
  const running = await startWithDemo({ DATABASE_URL: database.url, ...env })
  const store = await openStore({ url: database.url, now: Date.now })
  const close = async () => {
    await store.close()
    await running.close()
    await database.drop()
  }
  return {
    ...running,
    url: running.connector.url,
    databaseUrl: database.url,
    store,
    audit: await openAuditReader(store),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A started connector. */
export type AuditedConnector = Awaited<ReturnType<typeof startAudited>>
