import type { Connector } from '../mcp/tool.ts'
import { toDisplayHost, toDisplayText } from '../pages/display-text.ts'
import { listScopes } from '../scopes.ts'
import type { Grant, GrantCursor, GrantEnd, GrantStore } from '../store/grants.ts'
import { toMoment, toUseText } from './moment.ts'
import { parseCursor, toCursor, type Place } from './paging.ts'

const PAGE = 50

const ENDS: Readonly<Record<GrantEnd, string>> = {
  revoked: 'somebody ended it',
  reused: 'a token of it was used a second time, so it was stopped',
  'credential-refused': 'the sign-in behind it is accepted no longer',
  'membership-lost': 'the member does not belong to the organization any more',
  expired: 'nothing is left that could use it',
}

/** One connection, as pages show it. */
export function toConnection(grant: Grant, connector: Connector) {
  const titles = new Map(listScopes(connector).map(({ name, title }) => [name, title]))
  const { id, memberId, clientId, redirectHost, endedAt, endReason } = grant
  return {
    ...{ id, memberId },
    name: toDisplayText(grant.clientName),
    memberName: toDisplayText(grant.memberName),
    memberEmail: toDisplayText(grant.memberEmail, { maxChars: 254 }),
    organizationName: toDisplayText(grant.organizationName),
    // A key returns nowhere: its connection is its own.
    hosts: clientId === null ? [] : [toDisplayHost(redirectHost ?? '–')],
    kind: clientId === null ? 'API key, for scripts' : 'Client',
    scopes: grant.scopes.map((scope) => toDisplayText(titles.get(scope) ?? scope)),
    since: toMoment(grant.createdAt),
    lastUse: toUseText(grant.lastUsedAt),
    ends: endedAt === null ? [] : [{ at: toMoment(endedAt), why: ENDS[endReason ?? 'revoked'] }],
  }
}

/** One page of connections, and where the next begins. */
export async function readConnections(
  grants: Pick<GrantStore, 'list'>,
  filter: Parameters<GrantStore['list']>[0],
  place: Place,
): Promise<{ readonly page: readonly Grant[]; readonly last: string | null }> {
  const after = toGrantCursor(place.after)
  const found = await grants.list({
    ...filter,
    limit: PAGE + 1,
    ...(after !== null && { after }),
  })
  const page = found.slice(0, PAGE)
  const end = found.length > PAGE ? page.at(-1) : undefined
  return { page, last: end === undefined ? null : toCursor(end.createdAt, end.id) }
}

function toGrantCursor(text: string | null): GrantCursor | null {
  const cursor = parseCursor(text)
  return cursor === null ? null : { createdAt: cursor.number, id: cursor.id }
}
