import { compileTemplates } from '../../pages/compile-templates.ts'
import { toQuotedName } from '../../pages/display-text.ts'
import type { Grant } from '../../store/grants.ts'
import { CONSOLE } from '../addresses.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forMembers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { Visit } from '../visit.ts'
import { toConnection } from './connection-view.ts'

/** Every member's own page: what they have connected, and how to end it. */
export function accountRoutes({
  store,
  connector,
}: Pick<ConsoleServices, 'store' | 'connector'>): readonly ConsoleRoute[] {
  const { grants } = store
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['account', 'revoke'],
  })
  const { account } = CONSOLE

  /** Somebody else's is as good as none. */
  async function findOwn({ params, member }: Visit): Promise<Grant | null> {
    const grant = await grants.find(params['id'] ?? '')
    return grant?.memberId === member.id && grant.endedAt === null ? grant : null
  }

  return [
    forMembers('GET', account, 'account', async ({ member }) => {
      const found = await grants.list({ memberId: member.id })
      const connections = found.map((grant) => toConnection(grant, connector))
      const empty = connections.length === 0 ? ['Nothing is connected as you.'] : []
      return {
        kind: 'page',
        template: template('account'),
        heading: 'My connections',
        context: { connections, empty },
      }
    }),

    forMembers('GET', `${account}/connections/:id/revoke`, 'account', async (visit) => {
      const grant = await findOwn(visit)
      if (grant === null) return NONE
      return {
        kind: 'page',
        template: template('revoke'),
        heading: 'End this connection?',
        context: { connection: toConnection(grant, connector) },
      }
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
