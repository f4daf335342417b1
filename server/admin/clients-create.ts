import { parseClientName } from '../client-name.ts'
import { loadQuietly } from '../library-notices.ts'
import { createLog } from '../log.ts'
import { CLIENT_TYPES, redirectUrisOf } from '../known-clients.ts'
import { ClientRefused } from '../oauth/client-refused.ts'
import { isTenantLabel } from '../realm.ts'
import type { ClientType } from '../store/clients.ts'
import { defineCommand, required } from './command.ts'
import type { Deployment } from './deployment.ts'
import { UsageError } from './failures.ts'
import { findOrganization } from './orgs.ts'
import { quote, type Result } from './output.ts'

type Wish = {
  readonly name: string
  readonly type: ClientType
  readonly redirectUris: readonly string[]
  readonly isPublic: boolean
  readonly tenant: string | null
  /** The one that it may connect; `null` for any. */
  readonly organizationId: string | null
}

/** `clients create`: the one moment at which somebody sees the secret. */
export const createClientCommand = defineCommand({
  name: 'clients create',
  isRecorded: true,
  takes: `--name NAME --type ${CLIENT_TYPES.join('|')} [--redirect-uri URI]… [--public] [--org ID] [--tenant LABEL]`,
  about: [
    'Makes a client whose name is vouched for, and prints its id and its secret once; --public',
    'makes one without a secret. Each type knows its redirect URIs, and --redirect-uri replaces',
    'them; "other" needs at least one. With --org it may connect that organization only, with',
    '--tenant it belongs to the host of that label.',
  ],
  options: {
    name: { type: 'string' },
    type: { type: 'string' },
    'redirect-uri': { type: 'string', multiple: true, default: [] },
    public: { type: 'boolean', default: false },
    org: { type: 'string' },
    tenant: { type: 'string' },
  },
  operands: [0, 0],
  prepare(values) {
    const type = CLIENT_TYPES.find((each) => each === required(values.type, '--type'))
    if (type === undefined) throw new UsageError(`--type must be ${CLIENT_TYPES.join(', ')}`)
    const given = values['redirect-uri']
    const redirectUris = given.length > 0 ? given : redirectUrisOf(type)
    if (redirectUris.length === 0) throw new UsageError('--redirect-uri is required')
    const tenant = values.tenant ?? null
    if (tenant !== null && !isTenantLabel(tenant)) {
      throw new UsageError(`--tenant ${quote(tenant)} is no label of a host name`)
    }
    const name = required(values.name, '--name').trim()
    if (name === '') throw new UsageError('--name is required')
    const organizationId = values.org ?? null
    const wish = { name, type, redirectUris, isPublic: values.public, tenant, organizationId }
    return (deployment) => createClient(deployment, wish)
  },
})

async function createClient(deployment: Deployment, wish: Wish): Promise<Result> {
  const { config, now } = deployment
  const { name, type, redirectUris, isPublic, tenant, organizationId } = wish
  if (tenant !== null && config.tenantHosts === null) {
    throw new UsageError('--tenant needs TENANT_HOSTS: there are no hosts of organizations')
  }
  const log = createLog({ level: config.logLevel })
  const { buildClient } = await loadQuietly(() => import('../oauth/client-record.ts'), log)
  const at = Math.floor(now() / 1000)
  const { client, secret } = refuseAsUsage(() =>
    buildClient({
      ...{ organizationId, type, name, redirectUris, isPublic, at },
      realm: tenant ?? '',
    }),
  )
  const store = await deployment.openStore()
  if (organizationId !== null) await findOrganization(store, organizationId)
  await store.clients.put(client)
  return {
    json: {
      ...{ clientId: client.id, clientSecret: secret, name, type, redirectUris },
      ...{ tenant, organizationId },
    },
    lines: [
      `client_id      ${client.id}`,
      ...(secret === null ? [] : [`client_secret  ${secret}`]),
    ],
    notes: [
      `Client ${quote(name)} is sent back to ${redirectUris.map(quote).join(', ')}.`,
      ...(secret === null ? [] : ['Store the secret now: it is not shown again.']),
    ],
    facts: [
      {
        type: 'client.created',
        outcome: 'success',
        organization: organizationId,
        clientName: parseClientName(name),
        subject: `client:${client.id}`,
      },
    ],
  }
}

/** What the authorization server would not take was said wrong in the command. */
function refuseAsUsage<Made>(make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ClientRefused)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}
