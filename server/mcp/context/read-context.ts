import { readPointer } from '../../json.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import type { UpstreamAnswer } from '../../upstream/judge-answer.ts'
import type { ReadTool } from '../call-tool.ts'
import { parseAnswer } from '../own-tools/parse-answer.ts'
import { toScalarText } from '../scalar-text.ts'
import type { Session } from '../session.ts'
import type { Connector, OrganizationsRead } from '../tool.ts'
import { daysAt, isTimeZone, type Days } from './days.ts'

/**
 * Who asks, for which organization, and what day it is there. The days and the currency have the
 * names that the pointers of an intent know (`CONTEXT_NAMES`).
 */
export type Context = Days & {
  readonly organization: { readonly id: string; readonly name: string }
  readonly member: { readonly name: string; readonly email: string }
  /** That of this moment; `none` where the upstream tells none. */
  readonly role: string
  /** These three are `null` where the upstream does not tell. */
  readonly plan: string | null
  readonly baseCurrency: string | null
  /** One that this platform's calendar knows; days are those of UTC without it. */
  readonly timeZone: string | null
}

/**
 * Reads it as the member who asks, from the upstream where that knows members.
 *
 * @throws {UpstreamFailure} when the upstream does not tell; 403 where it no longer lists the
 *   organization
 */
export type ReadContext = (session: Session) => Promise<Context>

/** What the read is called in the log, and by the tool of that name. */
export const CONTEXT_TOOL = 'organization.context'

/**
 * Makes the question.
 *
 * @param options.now milliseconds since 1970
 */
export function createReadContext(options: {
  readonly connector: Connector
  readonly read: ReadTool
  readonly now: () => number
}): ReadContext {
  const { connector, read, now } = options
  const { organizations } = connector.upstream

  return async function readContext(session) {
    const { member, organization } = session.identity
    const told = organizations === null ? null : await readOwn(session, organizations)
    const timeZone = told?.timeZone ?? null
    return {
      organization: { id: organization.id, name: told?.name ?? organization.name },
      member: { name: member.name, email: member.email },
      role: told === null ? organization.role : told.role,
      plan: told?.plan ?? null,
      baseCurrency: told?.baseCurrency ?? null,
      timeZone,
      ...daysAt(now(), timeZone),
    }
  }

  async function readOwn(session: Session, { operation, send, ...pointers }: OrganizationsRead) {
    const answer = await read(session, { name: CONTEXT_TOOL, operation }, { send })
    const own = findOwn(answer, pointers, session.identity.organization.id)
    return {
      name: textAt(own, pointers.name),
      role: textAt(own, pointers.role) ?? NO_ROLE,
      plan: textAt(own, pointers.plan),
      baseCurrency: textAt(own, pointers.baseCurrency),
      timeZone: knownTimeZone(textAt(own, pointers.timeZone)),
    }
  }
}

/** As at the sign-in. */
const NO_ROLE = 'none'

function findOwn(
  answer: UpstreamAnswer,
  { items, id }: Pick<OrganizationsRead, 'items' | 'id'>,
  organizationId: string,
): unknown {
  const list = readPointer(parseAnswer(answer), items)
  if (!Array.isArray(list)) throw new UpstreamFailure(502, `no list at ${items} of the answer`)
  const own: unknown = list.find((item: unknown) => textAt(item, id) === organizationId)
  if (own !== undefined) return own
  throw new UpstreamFailure(403, 'the upstream does not list the organization for this member', {
    facts: { detail: 'The member is no longer in this organization.' },
  })
}

/** An identifier that a double would round, and so make another's, is compared as it was written. */
function textAt(answer: unknown, pointer: string | null): string | null {
  return pointer === null ? null : toScalarText(readPointer(answer, pointer))
}

/** One that nobody knows is as if none was told: a day of UTC is at least somebody's day. */
function knownTimeZone(name: string | null): string | null {
  return name !== null && isTimeZone(name) ? name : null
}
