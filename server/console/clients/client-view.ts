import { z } from 'zod'
import { toDisplayHost, toDisplayText } from '../../pages/display-text.ts'
import type { Client, ListedClient } from '../../store/clients.ts'
import type { SelfRegisteredClient } from '../../store/self-registered-clients.ts'
import { toMoment, toUseText } from '../moment.ts'
import { describeType } from './client-types.ts'

const metadataSchema = z.object({
  redirect_uris: z.array(z.string()).default([]),
  client_secret: z.string().optional(),
})

/** A registered client, as pages show it. */
export function toClientView(client: ListedClient) {
  const { id, name, type, status, liveGrants, createdAt, lastUsedAt } = client
  const known = metadataSchema.parse(JSON.parse(client.metadata))
  const { title, steps } = describeType(type)
  const hasSecret = known.client_secret !== undefined
  return {
    ...{ id, steps, hasSecret, isActive: status === 'active' },
    name: toDisplayText(name),
    type: title,
    status: statusOf(client),
    secret: hasSecret ? 'has one' : 'none: the program proves itself without one (PKCE)',
    redirectUris: known.redirect_uris.map(toDisplayHost),
    connections: toCountText(liveGrants),
    created: toMoment(createdAt),
    lastUse: toUseText(lastUsedAt),
  }
}

/** A client that nobody registered, as pages show it. */
export function toSelfRegisteredView(client: SelfRegisteredClient) {
  const { id, name, redirectHost, liveGrants, firstGrantedAt, lastUsedAt } = client
  return {
    name: toDisplayText(name),
    returnsTo: toDisplayHost(redirectHost ?? '–'),
    identifiers: id.startsWith('https://') ? [toDisplayHost(id)] : [],
    connections: toCountText(liveGrants),
    since: toMoment(firstGrantedAt),
    lastUse: toUseText(lastUsedAt),
  }
}

/** Where a client stands, in a word or two. */
function statusOf({
  status,
  liveGrants,
  lastUsedAt,
}: Pick<Client, 'status' | 'lastUsedAt'> & Pick<ListedClient, 'liveGrants'>) {
  if (status === 'inactive') return { tone: 'bad', text: 'Switched off' }
  if (liveGrants > 0) return { tone: 'good', text: 'Activated' }
  return lastUsedAt === null
    ? { tone: 'quiet', text: 'Never used' }
    : { tone: 'quiet', text: 'Not connected' }
}

/** How many there are, for a list of facts. */
function toCountText(count: number): string {
  return count === 0 ? 'none' : String(count)
}
