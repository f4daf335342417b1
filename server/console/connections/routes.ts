import { compileTemplates } from '../../pages/compile-templates.ts'
import { toQuotedName } from '../../pages/display-text.ts'
import type { Grant } from '../../store/grants.ts'
import { confirmChange } from '../confirm-change.ts'
import { readConnections, toConnection } from '../connection-view.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { readPlace, toPageLinks } from '../paging.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { OrganizationVisit } from '../visit.ts'
import { endAll, endOne, showConnections } from './texts.ts'

const CONNECTIONS = '/console/connections'
const OF_MEMBER = `${CONNECTIONS}/of-member`

/** What an organization's members have connected. */
export function connectionsRoutes({
  store,
  connector,
}: Pick<ConsoleServices, 'store' | 'connector'>): readonly ConsoleRoute[] {
  const { grants } = store
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['connections'],
  })

  /** Another organization's is as good as none, and so is one that has ended. */
  async function findLive({ organization, params }: OrganizationVisit): Promise<Grant | null> {
    const grant = await grants.find(params['id'] ?? '')
    return grant?.organizationId === organization.id && grant.endedAt === null ? grant : null
  }

  async function listOf(
    { organization }: OrganizationVisit,
    memberId: string | null,
  ): Promise<readonly [Grant, ...Grant[]] | null> {
    if (memberId === null) return null
    const [first, ...more] = await grants.list({ organizationId: organization.id, memberId })
    return first === undefined ? null : [first, ...more]
  }

  /** Whose a connection was is on record with its end; here it is who ended it. */
  function recordDecision({ record }: OrganizationVisit, subject: string, count: number): void {
    const reason = 'connections_ended'
    record({ type: 'organization.changed', outcome: 'success', reason, subject, count })
  }

  return [
    forApprovers('GET', CONNECTIONS, 'connections', async ({ organization, query }) => {
      const memberId = query.get('member')
      const ended = query.get('ended') === '1'
      const place = readPlace(query)
      const { page, last } = await readConnections(
        grants,
        { organizationId: organization.id, ended, ...(memberId !== null && { memberId }) },
        place,
      )
      const fields = new URLSearchParams({
        ...(memberId !== null && { member: memberId }),
        ...(ended && { ended: '1' }),
      })
      return {
        kind: 'page',
        template: template('connections'),
        heading: 'Connections',
        context: {
          ...showConnections({ path: CONNECTIONS, ended, memberId, page }),
          connections: page.map((grant) => {
            const view = toConnection(grant, connector)
            const { name, memberName } = view
            const href = `${CONNECTIONS}/${grant.id}/revoke`
            return {
              ...view,
              memberParameter: encodeURIComponent(grant.memberId),
              revocations: grant.endedAt === null ? [{ href, name, memberName }] : [],
            }
          }),
          none: page.length === 0 ? ['There is none.'] : [],
          pages: toPageLinks({ path: CONNECTIONS, fields, place, last }),
        },
      }
    }),

    forApprovers('GET', `${CONNECTIONS}/:id/revoke`, 'connections', async (visit) => {
      const grant = await findLive(visit)
      if (grant === null) return NONE
      return confirmChange({ ...endOne(grant), back: CONNECTIONS })
    }),

    forApprovers('POST', `${CONNECTIONS}/:id/revoke`, 'connections', async (visit) => {
      const { organization, params } = visit
      const grant = await grants.endOf(organization.id, params['id'] ?? '', 'revoked')
      if (grant === null) return NONE
      recordDecision(visit, `grant:${grant.id}`, 1)
      const whose = `${toQuotedName(grant.clientName)} by ${toQuotedName(grant.memberName)}`
      return { kind: 'go', to: CONNECTIONS, notice: `The connection of ${whose} has ended.` }
    }),

    forApprovers('GET', OF_MEMBER, 'connections', async (visit) => {
      const memberId = visit.query.get('member')
      const found = await listOf(visit, memberId)
      if (found === null) return NONE
      return confirmChange({
        ...endAll(found),
        back: CONNECTIONS,
        fields: [{ name: 'member', value: memberId ?? '' }],
      })
    }),

    forApprovers('POST', OF_MEMBER, 'connections', async (visit) => {
      const { organization, form } = visit
      const memberId = form.get('member') ?? ''
      const ended = await grants.endAllOf({ organizationId: organization.id, memberId }, 'revoked')
      const [first] = ended
      if (first === undefined) return NONE
      recordDecision(visit, `member:${memberId}`, ended.length)
      const count = ended.length === 1 ? 'One connection' : `${ended.length} connections`
      const notice = `${count} of ${toQuotedName(first.memberName)} ended.`
      return { kind: 'go', to: CONNECTIONS, notice }
    }),
  ]
}

const NONE = {
  kind: 'problem',
  status: 404,
  text: notHere('connection'),
  action: { href: CONNECTIONS, label: 'Connections' },
} as const
