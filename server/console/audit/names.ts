import { toDisplayText } from '../../pages/display-text.ts'
import type { Store } from '../../store/store.ts'

/** So many connections are looked through for names, the newest ones. */
const MAX_GRANTS = 1_000

/** What people call members and clients of which ids are on record. */
export type Names = {
  readonly member: (id: string) => string
  readonly client: (id: string) => string
}

/** Reads the names that an organization's connections and clients have; an id without one stands for itself. */
export async function readNames(
  { grants, clients }: Pick<Store, 'grants' | 'clients'>,
  organizationId: string,
): Promise<Names> {
  const found = await grants.list({ organizationId, ended: true, limit: MAX_GRANTS })
  const members = new Map<string, string>()
  const programs = new Map<string, string>()
  for (const { memberId, memberName, clientId, clientName } of found.toReversed()) {
    members.set(memberId, memberName)
    if (clientId !== null) programs.set(clientId, clientName)
  }
  for (const { id, name } of await clients.list({ organizationId })) programs.set(id, name)
  return {
    member: (id) => toDisplayText(members.get(id) ?? id),
    client: (id) => toDisplayText(programs.get(id) ?? id),
  }
}
