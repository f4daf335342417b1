import type { AuditLog } from '../../audit/audit-log.ts'
import type { AuditFact } from '../../audit/event.ts'
import { parseClientName } from '../../client-name.ts'
import { addressOf } from '../../http/client-address.ts'
import type { Visit } from './visit.ts'

/** Puts a step of a person on record; nobody knows for which organization until they have chosen. */
export function recordStep(
  { ctx, client }: Visit,
  { audit }: { readonly audit: AuditLog },
  fact: AuditFact,
): void {
  audit.record({
    clientId: client.clientId,
    clientName: parseClientName(client.clientName),
    credential: 'sign-in',
    address: addressOf(ctx),
    requestId: ctx.state.requestId,
    ...fact,
  })
}
