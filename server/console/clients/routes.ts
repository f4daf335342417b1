import { parseClientName } from '../../client-name.ts'
import { buildClient, replaceSecret } from '../../oauth/client-record.ts'
import { ClientRefused } from '../../oauth/client-refused.ts'
import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText, toQuotedName } from '../../pages/display-text.ts'
import type { Client, ListedClient } from '../../store/clients.ts'
import type { Answer } from '../answer.ts'
import { confirmChange } from '../confirm-change.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { OrganizationVisit } from '../visit.ts'
import { describeTypes, parseType } from './client-types.ts'
import { toClientView, toSelfRegisteredView } from './client-view.ts'
import { createNewClientPage } from './new-client-page.ts'
import { findMissing, readWish, type ClientWish } from './wish.ts'

const CLIENTS = '/console/clients'

/** The programs that may ask for an organization's connections. */
export function clientsRoutes({
  store,
  now,
}: Pick<ConsoleServices, 'store' | 'now'>): readonly ConsoleRoute[] {
  const { clients } = store
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['clients', 'choose-type', 'new-client', 'client'],
  })
  const newClientPage = createNewClientPage(template('new-client'))

  /** Another organization's is as good as none, and so is one of another host. */
  async function find({ ctx, organization, params }: OrganizationVisit): Promise<Client | null> {
    const client = await clients.findOf(organization.id, params['id'] ?? '')
    return client?.realm === ctx.state.realm.label ? client : null
  }

  async function list({ ctx, organization }: OrganizationVisit): Promise<readonly ListedClient[]> {
    const listed = await clients.list({ organizationId: organization.id })
    return listed.filter(({ realm }) => realm === ctx.state.realm.label)
  }

  async function findListed(visit: OrganizationVisit): Promise<ListedClient | null> {
    return (await list(visit)).find(({ id }) => id === visit.params['id']) ?? null
  }

  async function setStatus(visit: OrganizationVisit, status: Client['status']): Promise<Answer> {
    const client = await find(visit)
    if (client === null) return NONE
    await clients.setStatus(client.realm, client.id, status)
    if (client.status !== status) recordChange(visit, client, status)
    const what = status === 'active' ? 'is on again' : 'is switched off'
    const notice = `The client ${toQuotedName(client.name)} ${what}.`
    return { kind: 'go', to: `${CLIENTS}/${client.id}`, notice }
  }

  /** @throws {ClientRefused} */
  async function register(visit: OrganizationVisit, wish: ClientWish): Promise<Answer> {
    const { client, secret } = buildClient({
      ...wish,
      realm: visit.ctx.state.realm.label,
      organizationId: visit.organization.id,
      at: Math.floor(now() / 1000),
    })
    await clients.put(client)
    visit.record({
      ...{ type: 'client.created', outcome: 'success', subject: `client:${client.id}` },
      clientName: parseClientName(client.name),
    })
    return {
      kind: 'go',
      to: `${CLIENTS}/${client.id}`,
      notice: `The client ${toQuotedName(client.name)} is registered. Enter what stands here in it.`,
      secrets: toSecrets(client, secret),
    }
  }

  return [
    forApprovers('GET', CLIENTS, 'clients', async (visit) => {
      const registered = await list(visit)
      const own = await clients.listSelfRegistered(visit.organization.id)
      return {
        kind: 'page',
        template: template('clients'),
        heading: 'Clients',
        context: {
          registered: registered.map(toClientView),
          noneRegistered: registered.length === 0 ? ['None so far.'] : [],
          own: own.map(toSelfRegisteredView),
          noneOwn: own.length === 0 ? ['None so far.'] : [],
        },
      }
    }),

    forApprovers('GET', `${CLIENTS}/new`, 'clients', ({ query }) => {
      const type = parseType(query.get('type'))
      if (type !== null) return Promise.resolve(newClientPage.open(type))
      return Promise.resolve({
        kind: 'page',
        template: template('choose-type'),
        heading: 'Register a client',
        context: { types: describeTypes() },
      })
    }),

    forApprovers('POST', CLIENTS, 'clients', async (visit) => {
      const wish = readWish(visit.form)
      const missing = findMissing(wish)
      if (missing !== null) return newClientPage.mend(wish, missing)
      try {
        return await register(visit, wish)
      } catch (error) {
        if (!(error instanceof ClientRefused)) throw error
        return newClientPage.mend(wish, `This cannot be registered: ${error.message}.`)
      }
    }),

    forApprovers('GET', `${CLIENTS}/:id`, 'clients', async (visit) => {
      const found = await findListed(visit)
      if (found === null) return NONE
      const client = toClientView(found)
      const here = `${CLIENTS}/${client.id}`
      return {
        kind: 'page',
        template: template('client'),
        heading: client.name,
        context: {
          client,
          url: visit.ctx.state.realm.resource,
          changes: [
            ...(client.hasSecret
              ? [{ href: `${here}/rotate`, label: 'Give it a new secret' }]
              : []),
            ...(client.isActive ? [{ href: `${here}/deactivate`, label: 'Switch it off' }] : []),
          ],
          activations: client.isActive ? [] : [{ action: `${here}/activate` }],
        },
      }
    }),

    forApprovers('GET', `${CLIENTS}/:id/rotate`, 'clients', async (visit) => {
      const client = await find(visit)
      if (client === null) return NONE
      const name = toQuotedName(client.name)
      return confirmChange({
        heading: `A new secret for ${toDisplayText(client.name)}?`,
        consequences: [
          `The secret that ${name} has now is refused at once. Until the new one is entered in the program, nobody can connect it, and its connections stop when their access has to be renewed.`,
          'Connections are not lost: they go on once the new secret is entered.',
        ],
        change: 'Make a new secret',
        keep: 'Keep the one it has',
        back: `${CLIENTS}/${client.id}`,
      })
    }),

    forApprovers('POST', `${CLIENTS}/:id/rotate`, 'clients', async (visit) => {
      const client = await find(visit)
      const made = client === null ? null : replaceSecret(client)
      if (client === null || made === null) return NONE
      await clients.put(made.client)
      recordChange(visit, client, 'secret_rotated')
      return {
        kind: 'go',
        to: `${CLIENTS}/${client.id}`,
        notice: `The client ${toQuotedName(client.name)} has a new secret; the old one is refused.`,
        secrets: toSecrets(client, made.secret),
      }
    }),

    forApprovers('GET', `${CLIENTS}/:id/deactivate`, 'clients', async (visit) => {
      const client = await findListed(visit)
      if (client === null) return NONE
      return confirmChange({
        heading: `Switch ${toDisplayText(client.name)} off?`,
        consequences: [
          `${countConnections(client.liveGrants)} From this moment on every request of this client is refused, and nobody can connect it.`,
          'Nothing is deleted: its connections go on when you switch it on again.',
        ],
        change: 'Switch it off',
        keep: 'Keep it on',
        back: `${CLIENTS}/${client.id}`,
      })
    }),

    forApprovers('POST', `${CLIENTS}/:id/deactivate`, 'clients', (visit) =>
      setStatus(visit, 'inactive'),
    ),
    forApprovers('POST', `${CLIENTS}/:id/activate`, 'clients', (visit) =>
      setStatus(visit, 'active'),
    ),
  ]
}

function recordChange({ record }: OrganizationVisit, { id, name }: Client, reason: string): void {
  record({
    ...{ type: 'client.changed', outcome: 'success', subject: `client:${id}`, reason },
    clientName: parseClientName(name),
  })
}

function countConnections(count: number): string {
  if (count === 0) return 'It has no connection.'
  return count === 1 ? 'It has 1 connection.' : `It has ${count} connections.`
}

function toSecrets({ name }: Pick<Client, 'name'>, secret: string | null) {
  return secret === null ? [] : [{ label: `Client secret of ${toQuotedName(name)}`, value: secret }]
}

const NONE = {
  kind: 'problem',
  status: 404,
  text: notHere('client'),
  action: { href: CLIENTS, label: 'Clients' },
} as const
