import type { UpstreamCredential } from '../sign-in/credential.ts'
import { CONSOLE } from './addresses.ts'
import { makeKey } from './keys/make-key.ts'
import { openPending } from './pending.ts'
import { forApprovers, type ConsoleRoute } from './route.ts'
import type { ConsoleServices } from './services.ts'

/**
 * Does what a member had asked for before they proved once more who they are.
 *
 * @param credential what the upstream gave them for it
 */
export function completePending(
  services: ConsoleServices,
  credential: UpstreamCredential,
): ConsoleRoute {
  const { store, seal, now } = services
  return forApprovers('POST', CONSOLE.confirm, 'keys', async (visit) => {
    const pending = openPending(seal, visit.session, now())
    if (pending === null) return { kind: 'go', to: CONSOLE.home, notice: null }
    await store.consoleSessions.setPending(visit.session.id, null)
    return makeKey(services, visit, pending, credential)
  })
}
