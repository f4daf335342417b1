import { parseClientName } from '../client-name.ts'
import type { Grant, GrantStore } from '../store/grants.ts'
import type { AuditLog } from './audit-log.ts'
import type { AuditFact } from './event.ts'

/** Puts every grant that ends on record, for whatever reason and whoever ends it. */
export function recordGrantEnds(grants: GrantStore, audit: AuditLog): GrantStore {
  const record = (ended: Grant | null) => {
    if (ended !== null) audit.record(toGrantEnded(ended))
    return ended
  }
  return {
    ...grants,
    end: async (id, reason) => record(await grants.end(id, reason)),
    endOf: async (organizationId, id, reason) =>
      record(await grants.endOf(organizationId, id, reason)),
    async endAllOf(whose, reason) {
      const ended = await grants.endAllOf(whose, reason)
      for (const each of ended) record(each)
      return ended
    },
  }
}

/** What is on record of the end of a grant; the API keys that it had end with it. */
export function toGrantEnded(grant: Grant): AuditFact {
  return {
    type: 'grant.ended',
    outcome: 'success',
    ...toOwner(grant),
    reason: grant.endReason,
  }
}

/** Whose a grant is. */
export function toOwner(grant: Grant) {
  return {
    organization: grant.organizationId,
    member: grant.memberId,
    clientId: grant.clientId,
    clientName: parseClientName(grant.clientName),
    subject: `grant:${grant.id}`,
  } as const satisfies Partial<AuditFact>
}
