import type { ConnectedMember } from '../callers/members.ts'
import { toolCall, writeRequest, type Era, type Wish } from '../load/messages.ts'
import { toRequest, type Shot } from '../load/shot.ts'
import type { Deployment } from './deployment.ts'

const ERAS = ['legacy', 'modern'] as const
const KILOBYTE = 1024

/** Makes the requests of somebody, one for each era. */
type MakeShots = (member: ConnectedMember) => readonly Shot[]

/**
 * Calls for a record of so many kilobytes, which is shown as it is: the answer must name the member
 * and the organization whose credential the upstream was sent.
 */
export function recordShots(deployment: Deployment, kilobytes: number): MakeShots {
  const wish = toolCall('invoices.get', { invoiceId: `kb-${kilobytes}` })
  return (member) => {
    const whose = `\\"organizationId\\":\\"${member.organization}\\",\\"memberId\\":\\"${member.member}\\"`
    return ERAS.map((era) => toShot(deployment, member, era, wish, whose, kilobytes * KILOBYTE))
  }
}

/** Calls for a list of some 2 KB, of which the columns are shown. */
export function listShots(deployment: Deployment): MakeShots {
  const wish = toolCall('invoices.list', {})
  return (member) => {
    const whose = `\\"counterparty\\":{\\"id\\":\\"${member.member}\\",\\"name\\":\\"${member.organization}\\"}`
    return ERAS.map((era) => toShot(deployment, member, era, wish, whose, 0))
  }
}

/** Asks which tools there are. */
export function toolsShots(deployment: Deployment): MakeShots {
  const wish = { method: 'tools/list', params: {} }
  return (member) => ERAS.map((era) => toShot(deployment, member, era, wish, '"name":"invoices', 0))
}

/** Takes the members in turn, and both eras of each. */
export function inTurn(
  members: readonly ConnectedMember[],
  make: MakeShots,
): (index: number) => Shot {
  const shots = members.map(make)
  return (index) => {
    const own = shots[index % shots.length] ?? []
    const shot = own[Math.floor(index / shots.length) % own.length]
    if (shot === undefined) throw new Error('nobody asks')
    return shot
  }
}

function toShot(
  { headersOf }: Deployment,
  member: ConnectedMember,
  era: Era,
  wish: Wish,
  marker: string,
  minBytes: number,
): Shot {
  const { body, headers } = writeRequest(era, 'bench', wish)
  return {
    request: toRequest({ ...headersOf(member), ...headers }, body),
    isRight: (reply) =>
      reply.status === 200 && reply.body.length >= minBytes && reply.body.includes(marker),
  }
}
