import { NOTHING_OF_THEIR_OWN } from '../../../access/grant-identity.ts'
import type { Identity, UpstreamAccess } from '../../../access/identity.ts'
import type { ConsoleServices } from '../../services.ts'
import type { OrganizationVisit } from '../../visit.ts'

/** As the record and the upstream know who calls from the console. */
const CONSOLE_CLIENT = { id: null, name: 'Console', redirectHost: null } as const

/**
 * Who calls a tool from the console: the member who is signed in, in the organization that they look
 * at, with all that they may read and their session's own credential.
 */
export function toConsoleIdentity(
  services: Pick<ConsoleServices, 'connector' | 'store' | 'sessionCredentials'>,
  { member, organization, known, session }: OrganizationVisit,
): Identity {
  const { connector, store, sessionCredentials } = services
  const ofSession: UpstreamAccess = {
    open: () => sessionCredentials.open(session),
    renew: (requestId) => sessionCredentials.renew(session, requestId),
    async end() {
      await store.consoleSessions.end(session.id)
    },
  }
  const isService = connector.upstream.login.kind === 'service'
  return {
    member,
    organization: { ...organization, status: known.status },
    kind: 'console',
    scopes: null,
    client: CONSOLE_CLIENT,
    credential: isService ? NOTHING_OF_THEIR_OWN : ofSession,
  }
}
