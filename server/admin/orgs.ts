import type { AuditFact, AuditType } from '../audit/event.ts'
import { isTenantLabel } from '../realm.ts'
import type { Organization, OrganizationStatus, StatusWish } from '../store/organizations.ts'
import { StoreError } from '../store/store-error.ts'
import type { Store } from '../store/store.ts'
import { defineCommand, required, type Command } from './command.ts'
import { Refusal, UsageError } from './failures.ts'
import { quote, toChangeResult, toListResult, toTimeJson, toTimeText } from './output.ts'
import { suggest } from './suggest.ts'

const STATUSES = ['active', 'pending', 'disabled'] as const satisfies readonly OrganizationStatus[]

/** As for `RATE_LIMIT_PER_MINUTE`. */
const MAX_LIMIT = 1_000_000

/** Who is let in. Every change works on the next request of a running server. */
export const orgsCommands: readonly Command[] = [
  defineCommand({
    name: 'orgs list',
    isRecorded: false,
    takes: '',
    about: ['All organizations that were seen or added, by name.'],
    options: {},
    operands: [0, 0],
    prepare: () => async (deployment) => {
      const store = await deployment.openStore()
      const columns = [
        ['ID', ({ id }: Organization) => id],
        ['NAME', ({ name }: Organization) => name],
        ['STATUS', ({ status }: Organization) => status],
        ['OFF BY', ({ switchedOffBy }: Organization) => switchedOffBy],
        ['LIMIT', ({ rateLimit }: Organization) => rateLimit?.toString() ?? null],
        ['HOST LABEL', ({ tenant }: Organization) => tenant],
        ['CHANGED (UTC)', ({ changedAt }: Organization) => toTimeText(changedAt)],
      ] as const
      return toListResult(await store.organizations.list(), columns, toJson)
    },
  }),
  defineCommand({
    name: 'orgs add',
    isRecorded: true,
    takes: 'ID --name NAME [--status active|pending|disabled]',
    about: [
      'Lets an organization in, or keeps it out, before anybody of it signs in. active by',
      'default. Makes the database where there is none.',
    ],
    options: { name: { type: 'string' }, status: { type: 'string', default: 'active' } },
    operands: [1, 1],
    prepare: (values, [id = '']) => {
      const name = required(values.name, '--name')
      const status = STATUSES.find((each) => each === values.status)
      if (status === undefined) throw new UsageError(`--status must be ${STATUSES.join(', ')}`)
      return async (deployment) => {
        const { organizations } = await deployment.openStore({ create: true })
        const known = await organizations.find(id)
        if (known !== null)
          throw new Refusal(`organization ${quote(id)} is known: it is ${known.status}`)
        const added = await organizations.see(id, name, status)
        const facts = [toFact('organization.added', id, added.status)]
        return toChangeResult(`Organization ${quote(id)} is ${added.status}.`, toJson(added), facts)
      }
    },
  }),
  defineStatusCommand({
    name: 'orgs activate',
    about: ['Lets an organization in that waits (ACTIVATION=approval).'],
    to: 'active',
    refused: { disabled: 'is switched off: use "orgs enable"' },
  }),
  defineStatusCommand({
    name: 'orgs enable',
    about: ['Switches an organization on again, whoever switched it off.'],
    to: 'active',
    refused: { pending: 'waits for its activation: use "orgs activate"' },
  }),
  defineStatusCommand({
    name: 'orgs disable',
    about: [
      'Switches an organization off: every call of its members answers 403 mcp_disabled. Only the',
      'operator can switch it on again, not its owners.',
    ],
    to: 'disabled',
    refused: {},
  }),
  defineCommand({
    name: 'orgs limit',
    isRecorded: true,
    takes: 'ID N|--none',
    about: [
      "Gives each of an organization's members N calls in a minute; --none goes back to",
      'RATE_LIMIT_PER_MINUTE.',
    ],
    options: { none: { type: 'boolean', default: false } },
    operands: [1, 2],
    prepare: ({ none }, [id = '', text]) => {
      if (none === (text !== undefined)) throw new UsageError('give a number N or --none')
      const limit = text === undefined ? null : parseLimit(text)
      return async (deployment) => {
        const { organizations } = await deployment.openStore()
        const { rateLimit } = await findOrganization({ organizations }, id)
        const changed = await organizations.setRateLimit(id, limit)
        if (changed === null) throw new Refusal(`organization ${quote(id)} has gone`)
        const calls = limit === null ? "the deployment's own number of" : String(limit)
        const sentence = `Each member of organization ${quote(id)} has ${calls} calls in a minute.`
        const fact = toFact('limit.changed', id, limit === null ? 'limit_removed' : 'limit_set')
        const facts = rateLimit === limit ? [] : [{ ...fact, count: limit }]
        return toChangeResult(sentence, toJson(changed), facts)
      }
    },
  }),
  defineCommand({
    name: 'orgs tenant',
    isRecorded: true,
    takes: 'ID LABEL|--none',
    about: [
      'Gives an organization its own label in TENANT_HOSTS; --none takes it away: its id',
      'is the label then. Clients at the old host have to connect again.',
    ],
    options: { none: { type: 'boolean', default: false } },
    operands: [1, 2],
    prepare: ({ none }, [id = '', label]) => {
      if (none === (label !== undefined)) throw new UsageError('give a LABEL or --none')
      if (label !== undefined && !isTenantLabel(label)) {
        throw new UsageError(
          `${quote(label)} is no label of a host name: a-z, 0-9 and inner dashes`,
        )
      }
      return async (deployment) => {
        const store = await deployment.openStore()
        const { name, tenant } = await findOrganization(store, id)
        const changed = await setTenant(store, id, label ?? null)
        const notes =
          deployment.config.tenantHosts === null
            ? ['TENANT_HOSTS is not set: nothing uses it.']
            : []
        const sentence = `Organization ${quote(id)} (${quote(name)}) has the host label ${quote(label ?? id)}.`
        const reason = changed.tenant === null ? 'tenant_removed' : 'tenant_set'
        const facts = changed.tenant === tenant ? [] : [toFact('organization.changed', id, reason)]
        return toChangeResult(sentence, toJson(changed), facts, notes)
      }
    },
  }),
]

/**
 * Finds an organization that a command names, so that a misspelt one is not taken for an empty one.
 *
 * @throws {Refusal} where it is unknown
 */
export async function findOrganization(
  store: Pick<Store, 'organizations'>,
  id: string,
): Promise<Organization> {
  const found = await store.organizations.find(id)
  if (found !== null) return found
  const ids = (await store.organizations.list()).map((each) => each.id)
  throw new Refusal(`there is no organization ${quote(id)}${suggest(id, ids)}`)
}

/**
 * Refuses what only an organization that is let in can have.
 *
 * @throws {Refusal} where it waits or is switched off
 */
export function checkActive({ id, status }: Pick<Organization, 'id' | 'status'>): void {
  if (status === 'active') return
  const command = status === 'pending' ? 'orgs activate' : 'orgs enable'
  throw new Refusal(`organization ${quote(id)} is ${status}: let it in first, by "${command}"`)
}

function defineStatusCommand(definition: {
  readonly name: string
  readonly about: readonly string[]
  readonly to: StatusWish
  /** Why it does not go from there. */
  readonly refused: Partial<Readonly<Record<OrganizationStatus, string>>>
}): Command {
  const { name, about, to, refused } = definition
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
        const { status } = await findOrganization(store, id)
        const why = refused[status]
        if (why !== undefined) throw new Refusal(`organization ${quote(id)} ${why}`)
        const changed = await store.organizations.setStatus(id, to, 'operator')
        if (changed === null) throw new Refusal(`organization ${quote(id)} has gone`)
        const { organization, isChanged } = changed
        const sentence = `Organization ${quote(id)} is ${organization.status}.`
        const facts = isChanged ? [toFact('organization.changed', id, organization.status)] : []
        return toChangeResult(sentence, toJson(organization), facts)
      },
  })
}

function toFact(type: AuditType, id: string, reason: string): AuditFact {
  return { type, outcome: 'success', organization: id, subject: `organization:${id}`, reason }
}

async function setTenant(store: Store, id: string, label: string | null): Promise<Organization> {
  try {
    const changed = await store.organizations.setTenant(id, label)
    if (changed !== null) return changed
  } catch (error) {
    if (error instanceof StoreError && error.code === 'tenant_taken') {
      throw new Refusal(error.message, { cause: error })
    }
    throw error
  }
  throw new Refusal(`organization ${quote(id)} has gone`)
}

function parseLimit(text: string): number {
  const limit = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= MAX_LIMIT) return limit
  throw new UsageError(`N must be a whole number from 1 to ${MAX_LIMIT}`)
}

function toJson(organization: Organization) {
  const { id, name, tenant, status, switchedOffBy, rateLimit } = organization
  return {
    ...{ id, name, tenant, status, switchedOffBy, rateLimit },
    createdAt: toTimeJson(organization.createdAt),
    changedAt: toTimeJson(organization.changedAt),
  }
}
