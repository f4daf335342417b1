import { toDisplayText } from '../../pages/display-text.ts'
import { listScopes } from '../../scopes.ts'
import type { Connector } from '../../mcp/tool.ts'
import type { ListedApiKey } from '../../store/api-keys.ts'
import { toMoment, toUseText } from '../moment.ts'

/** Whether a key works. @param now milliseconds since the epoch */
export function isLive({ revokedAt, expiresAt }: ListedApiKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}

/** One key, as pages show it; the key itself nobody has any more. */
export function toKeyView(key: ListedApiKey, connector: Connector, now: number) {
  const { id, name, prefix, memberEmail, scopes, createdAt, expiresAt, lastUsedAt } = key
  const titles = new Map(listScopes(connector).map((scope) => [scope.name, scope.title]))
  return {
    ...{ id, prefix },
    name: toDisplayText(name),
    memberEmail: toDisplayText(memberEmail, { maxChars: 254 }),
    scopes: scopes.map((scope) => toDisplayText(titles.get(scope) ?? scope)),
    created: toMoment(createdAt),
    expires: expiresAt === null ? 'never' : toMoment(expiresAt).text,
    lastUse: toUseText(lastUsedAt),
    status: statusOf(key, now),
  }
}

function statusOf(key: ListedApiKey, now: number) {
  if (isLive(key, now)) return { tone: 'good', text: 'Works' }
  return { tone: 'bad', text: key.revokedAt === null ? 'Expired' : 'Revoked' }
}
