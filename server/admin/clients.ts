import { z } from 'zod'
import { loadQuietly } from '../library-notices.ts'
import { createLog } from '../log.ts'
import { parseClientName } from '../client-name.ts'
import type { AuditFact } from '../audit/event.ts'
import type { Client, ListedClient } from '../store/clients.ts'
import type { Store } from '../store/store.ts'
import { createClientCommand } from './clients-create.ts'
import { defineCommand, type Command } from './command.ts'
import { Refusal, UsageError } from './failures.ts'
import { findOrganization } from './orgs.ts'
import { quote, toChangeResult, toListResult, toTimeJson, toTimeText } from './output.ts'

const KINDS = ['dynamic', 'registered'] as const satisfies readonly Client['kind'][]

const metadataSchema = z.object({
  redirect_uris: z.array(z.string()).default([]),
  token_endpoint_auth_method: z.string().default('client_secret_basic'),
})

/** The programs that may ask for connections. */
export const clientsCommands: readonly Command[] = [
  defineCommand({
    name: 'clients list',
    isRecorded: false,
    takes: '[--kind dynamic|registered] [--org ID]',
    about: [
      'Clients that registered themselves or were registered, newest first; with --org those only',
      'that may connect no other organization.',
    ],
    options: { kind: { type: 'string' }, org: { type: 'string' } },
    operands: [0, 0],
    prepare(values) {
      const kind = KINDS.find((each) => each === values.kind)
      if (values.kind !== undefined && kind === undefined) {
        throw new UsageError(`--kind must be ${KINDS.join(' or ')}`)
      }
      const { org } = values
      return async (deployment) => {
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const listed = await store.clients.list({
          ...(kind !== undefined && { kind }),
          ...(org !== undefined && { organizationId: org }),
        })
        return toListResult(listed, COLUMNS, toJson)
      }
    },
  }),
  createClientCommand,
  defineStatusCommand('clients deactivate', 'inactive', [
    'Switches a client off: it gets no tokens, and those it has are refused from now on.',
  ]),
  defineStatusCommand('clients activate', 'active', [
    'Switches it on again; connections that were not revoked go on.',
  ]),
  defineCommand({
    name: 'clients rotate-secret',
    isRecorded: true,
    takes: 'ID',
    about: ['Gives a client that was made here another secret; the old one is good no longer.'],
    options: {},
    operands: [1, 1],
    prepare:
      (_values, [id = '']) =>
      async (deployment) => {
        const { replaceSecret } = await loadQuietly(
          () => import('../oauth/client-record.ts'),
          createLog({ level: deployment.config.logLevel }),
        )
        const store = await deployment.openStore()
        const client = await findClient(store, id)
        if (client.kind === 'dynamic') {
          throw new Refusal(`client ${quote(id)} registered itself: nobody could give it a secret`)
        }
        const made = replaceSecret(client)
        if (made === null) throw new Refusal(`client ${quote(id)} is public: it has no secret`)
        await store.clients.put(made.client)
        return {
          json: { clientId: id, clientSecret: made.secret },
          lines: [`client_id      ${id}`, `client_secret  ${made.secret ?? ''}`],
          notes: ['Store the secret now: it is not shown again.'],
          facts: [toFact(client, 'secret_rotated')],
        }
      },
  }),
]

const COLUMNS = [
  ['ID', ({ id }: ListedClient) => id],
  ['NAME', ({ name }: ListedClient) => name],
  ['KIND', ({ kind }: ListedClient) => kind],
  ['TYPE', ({ type }: ListedClient) => type],
  ['STATUS', ({ status }: ListedClient) => status],
  ['ORGANIZATION', ({ organizationId }: ListedClient) => organizationId],
  ['TENANT', ({ realm }: ListedClient) => (realm === '' ? null : realm)],
  ['CONNECTIONS', ({ liveGrants }: ListedClient) => String(liveGrants)],
  ['CREATED (UTC)', ({ createdAt }: ListedClient) => toTimeText(createdAt)],
  ['LAST USED', ({ lastUsedAt }: ListedClient) => toTimeText(lastUsedAt)],
] as const

function defineStatusCommand(
  name: string,
  to: Client['status'],
  about: readonly string[],
): Command {
  return defineCommand({
    ...{ name, about },
    isRecorded: true,
    takes: 'ID',
    options: {},
    operands: [1, 1],
    prepare:
      (_values, [id = '']) =>
      async (deployment) => {
        const store = await deployment.openStore()
        const client = await findClient(store, id)
        await store.clients.setStatus(client.realm, id, to)
        const changed = toJson({ ...client, status: to })
        return toChangeResult(
          `Client ${quote(client.name)} is ${to}.`,
          changed,
          client.status === to ? [] : [toFact(client, to)],
        )
      },
  })
}

function toFact({ id, name, organizationId }: Client, reason: string): AuditFact {
  return {
    type: 'client.changed',
    outcome: 'success',
    organization: organizationId,
    clientName: parseClientName(name),
    subject: `client:${id}`,
    reason,
  }
}

/** Ids are random: no two tenants have a client of the same id. @throws {Refusal} */
async function findClient({ clients }: Store, id: string): Promise<ListedClient> {
  const found = (await clients.list({})).find((client) => client.id === id)
  if (found !== undefined) return found
  const hint = id.startsWith('https://') ? ' (one with a document of its own is not kept)' : ''
  throw new Refusal(`there is no client ${quote(id)}${hint}`)
}

function toJson(client: ListedClient) {
  const { id, realm, organizationId, kind, type, name, metadata, status, liveGrants } = client
  const known = metadataSchema.parse(JSON.parse(metadata))
  return {
    ...{ id, name, kind, type, status, organizationId, liveGrants },
    tenant: realm === '' ? null : realm,
    redirectUris: known.redirect_uris,
    isPublic: known.token_endpoint_auth_method === 'none',
    createdAt: toTimeJson(client.createdAt),
    lastUsedAt: toTimeJson(client.lastUsedAt),
  }
}
