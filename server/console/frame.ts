import { toDisplayText } from '../pages/display-text.ts'
import { CARD_PARTIALS } from '../pages/templates.ts'
import { CONSOLE } from './addresses.ts'
import type { Answer } from './answer.ts'
import type { ForNextPage } from './next-page.ts'
import { ACCOUNT, ROOMS, type Room } from './route.ts'
import type { Visit } from './visit.ts'

/**
 * What pages of the console are put together from: `frame`, what forms have in common, and `live` for
 * a page that loads parts of itself.
 */
export const FRAME_PARTIALS = [
  CARD_PARTIALS,
  {
    folder: new URL('./templates/', import.meta.url),
    names: [
      'frame',
      'organization-one',
      'organization-several',
      'once',
      'live',
      'pages',
      'connection-facts',
    ],
  },
] as const

/**
 * What stands around every page: where one is, for whom, and what has just happened. A page's own
 * `context` is beside it, and may use `csrf` in its forms.
 *
 * @param options.connectorTitle as the upstream's vendor calls it
 */
export function toFrame(
  visit: Visit,
  page: Extract<Answer, { readonly kind: 'page' }>,
  options: {
    readonly connectorTitle: string
    readonly room: Room
    readonly left: ForNextPage
  },
): object {
  const { connectorTitle, room, left } = options
  const connector = toDisplayText(connectorTitle)
  const [mark = ''] = connector.toUpperCase()
  const { looksAt } = visit
  const problem = page.problem ?? null
  const prefix = problem === null ? '' : 'Problem: '
  const approvable = visit.organizations.filter(({ canApprove }) => canApprove)
  return {
    connector,
    mark,
    heading: page.heading,
    pageTitle: `${prefix}${page.heading} · ${connector}`,
    csrf: visit.csrf,
    addresses: CONSOLE,
    nav: toNavigation(room, approvable.length > 0),
    memberName: toDisplayText(visit.member.name),
    memberEmail: toDisplayText(visit.member.email, { maxChars: 254 }),
    organizationPartial: approvable.length > 1 ? 'organization-several' : 'organization-one',
    organizationName: toDisplayText((looksAt ?? visit.organizations[0])?.name ?? ''),
    organizations: approvable.map(({ id, name }) => ({
      id,
      name: toDisplayText(name),
      state: id === looksAt?.id ? 'selected' : '',
    })),
    here: visit.ctx.path,
    notices: left.notice === null ? [] : [left.notice],
    problems: problem === null ? [] : [problem],
    secrets: left.secrets.map((secret, index) => ({ ...secret, id: `secret-${index}` })),
  }
}

/** Who may decide nowhere sees their own connections only. */
function toNavigation(room: Room, isApprover: boolean) {
  const rooms = isApprover ? ROOMS : []
  return [...rooms, ACCOUNT].map(([name, label, href]) => ({
    label,
    href,
    current: name === room ? 'page' : 'false',
  }))
}
