import type { Grant } from '../store/grants.ts'
import { defineCommand, type Command } from './command.ts'
import { Refusal, UsageError } from './failures.ts'
import { findOrganization } from './orgs.ts'
import { quote, toChangeResult, toListResult, toTimeJson, toTimeText } from './output.ts'

const FILTER = { org: { type: 'string' }, member: { type: 'string' } } as const

/** Who connected what. A grant that was revoked fails on the next request of a running server. */
export const grantsCommands: readonly Command[] = [
  defineCommand({
    name: 'grants list',
    isRecorded: false,
    takes: '[--org ID] [--member ID] [--ended]',
    about: ['Connections that live, newest first; --ended shows those that have ended, too.'],
    options: { ...FILTER, ended: { type: 'boolean', default: false } },
    operands: [0, 0],
    prepare:
      ({ org, member, ended }) =>
      async (deployment) => {
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const grants = await store.grants.list({ ...toFilter(org, member), ended })
        return toListResult(grants, ended ? [...COLUMNS, ENDED] : COLUMNS, toJson)
      },
  }),
  defineCommand({
    name: 'grants revoke',
    isRecorded: true,
    takes: 'ID | --org ID [--member ID] --yes | --all --yes',
    about: [
      'Ends one connection, all of an organization or of one of its members, or all that there',
      'are (after a backup was restored); their tokens and API keys fail from then on, and their',
      'credentials are erased.',
    ],
    options: {
      ...FILTER,
      all: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
    operands: [0, 1],
    prepare: ({ org, member, all, yes }, [id]) => {
      const given = [id !== undefined, org !== undefined, all].filter(Boolean).length
      if (given !== 1) throw new UsageError('give an ID, --org ID or --all')
      if (id !== undefined && member !== undefined) throw new UsageError('--member needs --org')
      if (id === undefined && !yes) {
        throw new UsageError(
          `this ends all connections of ${describeWhose(org, member)}: say --yes`,
        )
      }
      return async (deployment) => {
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const ids =
          id === undefined
            ? (await store.grants.list(toFilter(org, member))).map((grant) => grant.id)
            : [id]
        const revoked: string[] = []
        for (const each of ids) if (await store.grants.end(each, 'revoked')) revoked.push(each)
        if (id !== undefined && revoked.length === 0) {
          throw new Refusal(`there is no live grant ${quote(id)}`)
        }
        const count = `${revoked.length} connection${revoked.length === 1 ? '' : 's'}`
        // Each is on record as it ends, so that those before a failure are, too.
        return toChangeResult(`Revoked ${count}.`, { revoked }, [])
      }
    },
  }),
]

const COLUMNS = [
  ['ID', ({ id }: Grant) => id],
  ['ORGANIZATION', ({ organizationId }: Grant) => organizationId],
  ['MEMBER', ({ memberEmail }: Grant) => memberEmail],
  ['MEMBER ID', ({ memberId }: Grant) => memberId],
  ['CLIENT', ({ clientName }: Grant) => clientName],
  ['SCOPES', ({ scopes }: Grant) => scopes.join(',')],
  ['CREATED (UTC)', ({ createdAt }: Grant) => toTimeText(createdAt)],
  ['LAST USED', ({ lastUsedAt }: Grant) => toTimeText(lastUsedAt)],
] as const

const ENDED = [
  'ENDED',
  ({ endedAt, endReason }: Grant) =>
    endedAt === null ? null : `${toTimeText(endedAt) ?? ''} ${endReason ?? ''}`,
] as const

function describeWhose(organizationId: string | undefined, memberId: string | undefined): string {
  if (memberId !== undefined) return `member ${quote(memberId)}`
  return organizationId === undefined ? 'everybody' : `organization ${quote(organizationId)}`
}

function toFilter(organizationId: string | undefined, memberId: string | undefined) {
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(memberId !== undefined && { memberId }),
  }
}

/** Without the sealed credential: it is of no use to anybody but the server. */
function toJson(grant: Grant) {
  const { id, realm, memberId, memberEmail, memberName, organizationId, organizationName } = grant
  const { role, clientId, clientName, redirectHost, scopes, endReason } = grant
  return {
    ...{ id, memberId, memberEmail, memberName, organizationId, organizationName, role },
    ...{ clientId, clientName, redirectHost, scopes },
    tenant: realm === '' ? null : realm,
    createdAt: toTimeJson(grant.createdAt),
    lastUsedAt: toTimeJson(grant.lastUsedAt),
    endedAt: toTimeJson(grant.endedAt),
    endReason,
  }
}
