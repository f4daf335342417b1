import { toDisplayText, toQuotedName } from '../../pages/display-text.ts'
import type { Grant } from '../../store/grants.ts'

const LIST = new Intl.ListFormat('en', { type: 'conjunction' })
/** More than that nobody reads; the rest is counted. */
const MAX_NAMED = 20

/** What stands above the list, and what can be done with it. */
export function showConnections(options: {
  readonly path: string
  readonly ended: boolean
  readonly memberId: string | null
  /** Those on the page; one of them knows what the member is called. */
  readonly page: readonly Grant[]
}) {
  const { path, ended, memberId, page } = options
  if (memberId === null) {
    return {
      lead: 'Each connection lets one program read as one member: what that member may see, and no more.',
      actions: [
        ended
          ? { style: 'secondary outline', href: path, label: 'Show those that live only' }
          : { style: 'secondary outline', href: `${path}?ended=1`, label: 'Show ended ones, too' },
      ],
    }
  }
  const name = toQuotedName(page[0]?.memberName ?? memberId)
  const hasLive = page.some(({ endedAt }) => endedAt === null)
  const member = `member=${encodeURIComponent(memberId)}`
  return {
    lead: `What ${name} has connected.`,
    actions: [
      ...(hasLive
        ? [{ style: '', href: `${path}/of-member?${member}`, label: 'End all of them' }]
        : []),
      ended
        ? {
            style: 'secondary outline',
            href: `${path}?${member}`,
            label: 'Show those that live only',
          }
        : {
            style: 'secondary outline',
            href: `${path}?${member}&ended=1`,
            label: 'Show ended ones, too',
          },
      { style: 'secondary outline', href: path, label: 'Everybody’s connections' },
    ],
  }
}

/** Before one connection is ended. */
export function endOne({ clientName, memberName, clientId }: Grant) {
  const who = toQuotedName(memberName)
  return {
    heading: `End ${toDisplayText(clientName)}?`,
    consequences: [
      `${toQuotedName(clientName)} can read nothing as ${who} any more, from this moment on.`,
      clientId === null
        ? 'Its API keys are revoked with it; they cannot be used again.'
        : `${who} can connect it again. To prevent that, switch the client off or take the member’s role away in the upstream.`,
    ],
    change: 'End the connection',
    keep: 'Keep it',
  }
}

/** Before all connections of a member are ended. */
export function endAll(found: readonly [Grant, ...Grant[]]) {
  const [{ memberName }] = found
  const who = toQuotedName(memberName)
  const names = found.slice(0, MAX_NAMED).map(({ clientName }) => toQuotedName(clientName))
  const more = found.length - names.length
  const list = LIST.format(more === 0 ? names : [...names, `${more} more`])
  return {
    heading: `End all connections of ${toDisplayText(memberName)}?`,
    consequences: [
      `These can read nothing as ${who} any more, from this moment on: ${list}.`,
      `API keys among them cannot be used again. ${who} can connect clients again.`,
    ],
    change: 'End all of them',
    keep: 'Keep them',
  }
}
