import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { openStore } from '../../server/store/open-store.ts'
import type { ModelKey } from '../../server/store/models.ts'
import type { Store } from '../../server/store/store.ts'

/** What `store-processes.ts` asks for; `at` is the moment, in epoch milliseconds, to do it. */
const commandSchema = z.object({
  action: z.enum(['open', 'close', 'consume', 'rotate', 'settle', 'addSigningKey', 'count', 'end']),
  /** A database's URL, a record's or a grant's id, a setting's name, a generation or a key, as the action needs. */
  subject: z.string(),
  /** Told apart by it: what this process would write. */
  mine: z.string(),
  at: z.number(),
})

export type Command = z.output<typeof commandSchema>

/** How long a token's answer may be under way; longer than any test. */
const LEASE_MS = 600_000

let store: Store | null = null

process.on('message', (message) => {
  void answer(message)
})
// The test has ended, however it did.
process.on('disconnect', () => process.exit())
process.send?.({ value: 'ready' })

async function answer(message: unknown): Promise<void> {
  const command = commandSchema.parse(message)
  await sleep(Math.max(0, command.at - Date.now()))
  try {
    process.send?.({ value: await run(command) })
  } catch (error) {
    process.send?.({ error: String(error) })
  }
}

async function run({ action, subject, mine }: Command): Promise<boolean | number | string> {
  if (action === 'open') {
    store = await openStore({ url: subject, now: Date.now })
    return true
  }
  if (store === null) throw new Error('no store is open')
  if (action === 'close') {
    await store.close()
    return true
  }
  const key: ModelKey = { realm: '', model: 'RefreshToken', id: subject }
  if (action === 'consume') return store.models.consume(key)
  if (action === 'end') return (await store.grants.end(subject, 'revoked')) !== null
  if (action === 'settle') return store.settings.settle(subject, () => mine)
  if (action === 'count') return (await store.attempts.count(subject, LEASE_MS)).count
  if (action === 'addSigningKey') {
    const generation = Number(subject)
    return store.signingKeys.add({ generation, sealed: mine, signsFrom: 0 }, Date.now() + LEASE_MS)
  }
  const successor = { ...key, id: mine, payload: '{}', grantId: null, uid: null, expiresAt: null }
  return store.models.rotate(key, successor, LEASE_MS)
}
