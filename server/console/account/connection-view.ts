import type { Connector } from '../../mcp/tool.ts'
import { toDisplayHost, toDisplayText } from '../../pages/display-text.ts'
import type { Grant } from '../../store/grants.ts'
import { listScopes } from '../../scopes.ts'
import { toMoment } from '../moment.ts'

/** One connection, as pages show it. */
export function toConnection(grant: Grant, connector: Connector) {
  const titles = new Map(listScopes(connector).map(({ name, title }) => [name, title]))
  return {
    id: grant.id,
    clientName: toDisplayText(grant.clientName),
    returnsTo: toDisplayHost(grant.redirectHost ?? '–'),
    organizationName: toDisplayText(grant.organizationName),
    memberName: toDisplayText(grant.memberName),
    memberEmail: toDisplayText(grant.memberEmail, { maxChars: 254 }),
    scopes: grant.scopes.map((scope) => titles.get(scope) ?? scope),
    since: toMoment(grant.createdAt),
    lastUse: grant.lastUsedAt === null ? NEVER : toMoment(grant.lastUsedAt),
  }
}

const NEVER = { iso: '', text: 'never' }
