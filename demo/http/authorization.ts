import type { DatabaseSync } from 'node:sqlite'
import { listOrganizations } from '../records/members.ts'
import type { Role } from '../records/members.ts'
import type { Identity } from './authentication.ts'
import { ProblemError, badRequest } from './problem.ts'

/** An identity within one organization. */
export type Caller = {
  readonly memberId: string
  readonly organizationId: string
  readonly role: Role
}

/** Which roles may do what. */
const ACCESS = {
  read: ['owner', 'admin', 'accountant', 'member'],
  readBankAccounts: ['owner', 'admin', 'accountant'],
  write: ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

/** What an operation asks of its caller. */
export type Access = keyof typeof ACCESS

/**
 * Chooses the organization to act in.
 *
 * @param requestedId the header `X-Organization-Id`; empty when it was not sent
 * @throws {ProblemError} 400 when there is a choice and none was made, 403 when it is not theirs
 */
export function chooseOrganization(
  database: DatabaseSync,
  { member, credential }: Identity,
  requestedId: string,
): Caller {
  const all = listOrganizations(database, member.id)
  const open =
    credential.kind === 'apiKey' ? all.filter(({ id }) => id === credential.organizationId) : all
  const chosen = requestedId === '' ? open[0] : open.find(({ id }) => id === requestedId)
  if (requestedId === '' && open.length > 1) {
    const message = 'is required, because the member belongs to several organizations'
    throw badRequest([{ in: 'header', name: 'X-Organization-Id', message }])
  }
  if (chosen === undefined) {
    throw new ProblemError(403, 'The member does not belong to this organization.')
  }
  return { memberId: member.id, organizationId: chosen.id, role: chosen.role }
}

/** @throws {ProblemError} 403 when the caller's role does not allow it */
export function checkAccess(caller: Caller, access: Access): void {
  const roles: readonly Role[] = ACCESS[access]
  if (roles.includes(caller.role)) return
  throw new ProblemError(403, `The role "${caller.role}" does not allow this.`)
}
