import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText, toQuotedName } from '../../pages/display-text.ts'
import type { Grant } from '../../store/grants.ts'
import { CONSOLE } from '../addresses.ts'
import { confirmChange } from '../confirm-change.ts'
import { readConnections, toConnection } from '../connection-view.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { readPlace, toPageLinks } from '../paging.ts'
import { forMembers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { Visit } from '../visit.ts'

/** Every member's own page: what they have connected, and how to end it. */
export function accountRoutes({
  store,
  connector,
}: Pick<ConsoleServices, 'store' | 'connector'>): readonly ConsoleRoute[] {
  const { grants } = store
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['account'],
  })
  const { account } = CONSOLE

  /** Somebody else's is as good as none. */
  async function findOwn({ params, member }: Visit): Promise<Grant | null> {
    const grant = await grants.find(params['id'] ?? '')
    return grant?.memberId === member.id && grant.endedAt === null ? grant : null
  }

  return [
    forMembers('GET', account, 'account', async ({ member, query }) => {
      const place = readPlace(query)
      const { page, last } = await readConnections(grants, { memberId: member.id }, place)
      return {
        kind: 'page',
        template: template('account'),
        heading: 'My connections',
        context: {
          connections: page.map((grant) => toConnection(grant, connector)),
          empty: page.length === 0 ? ['Nothing is connected as you.'] : [],
          pages: toPageLinks({ path: account, fields: new URLSearchParams(), place, last }),
        },
      }
    }),

    forMembers('GET', `${account}/connections/:id/revoke`, 'account', async (visit) => {
      const grant = await findOwn(visit)
      if (grant === null) return NONE
      const [program, organization] = [
        toQuotedName(grant.clientName),
        toQuotedName(grant.organizationName),
      ]
      return confirmChange({
        heading: `End ${toDisplayText(grant.clientName)}?`,
        consequences: [
          `${program} can read nothing in ${organization} as you any more, from this moment on.`,
          grant.clientId === null
            ? 'The API key cannot be used again; another one has to be made.'
            : 'To connect it again, begin in that program.',
        ],
        change: 'End the connection',
        keep: 'Keep it',
        back: account,
      })
    }),

    forMembers('POST', `${account}/connections/:id/revoke`, 'account', async (visit) => {
      const grant = await findOwn(visit)
      if (grant === null) return NONE
      await grants.end(grant.id, 'revoked')
      const notice = `The connection of ${toQuotedName(grant.clientName)} has ended.`
      return { kind: 'go', to: account, notice }
    }),
  ]
}

const NONE = {
  kind: 'problem',
  status: 404,
  text: notHere('connection'),
  action: { href: CONSOLE.account, label: 'My connections' },
} as const
