import { startDemo } from '../../../demo/server.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { keyCaller, tokenCaller } from '../callers.ts'
import { credentials } from '../flowtly.ts'
import { connect } from '../oauth-client.ts'
import { storeKinds } from '../stores.ts'
import { startProbedServer, type ProbedServer } from './probed-server.ts'
import type { Header } from './request.ts'

/** A server to be sent nonsense, and those who may ask it. */
export type ServerUnderFire = {
  readonly server: ProbedServer
  /** An access token, an API key, and API credentials of two organizations. */
  readonly callers: readonly (readonly Header[])[]
  readonly close: () => Promise<void>
}

/** Starts it before a demo without a limit of its own; the rate limit is far away. */
export async function startServerUnderFire(): Promise<ServerUnderFire> {
  const [sqlite] = storeKinds
  if (sqlite === undefined) throw new Error('no kind of store')
  const demo = await startDemo({ rateLimitPerMinute: Infinity })
  const database = await sqlite.create()
  const server = await startProbedServer({
    DATABASE_URL: database.url,
    UPSTREAM_URL: demo.url,
    RATE_LIMIT_PER_MINUTE: '1000000',
    // Each request may come from another address: limits by address are not what is tried here.
    TRUST_PROXY: '1',
  })
  const { tokens } = await connect(server.url)
  const caller = tokenCaller('owner', 'acme', tokens.access_token)
  const store = await openStore({ url: database.url, now: Date.now })
  const key = await keyCaller(store, caller, tokens.access_token)
  await store.close()
  const headers = [
    caller.headers,
    key.headers,
    credentials(),
    credentials('owner@globex.example', 'globex'),
  ]
  return {
    server,
    callers: headers.map((each) => Object.entries(each)),
    async close() {
      await server.kill()
      await demo.close()
      await database.drop()
    },
  }
}
