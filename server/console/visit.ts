import type { AuditFact } from '../audit/event.ts'
import type { Context } from '../http/context.ts'
import type { Member, MemberOrganization } from '../sign-in/members.ts'
import type { ConsoleSession } from '../store/console-sessions.ts'
import type { Organization } from '../store/organizations.ts'

/** One request of a member who is signed in. */
export type Visit = {
  readonly ctx: Context
  readonly session: ConsoleSession
  readonly member: Pick<Member, 'id' | 'email' | 'name'>
  /** Those of the member's organizations that this address serves. */
  readonly organizations: readonly MemberOrganization[]
  /** The one that they look at; `null` where they may decide in none. */
  readonly looksAt: MemberOrganization | null
  /** What stands for the parts of the path, such as `:id`. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** What was sent; empty for a page that is opened. */
  readonly form: URLSearchParams
  /** Belongs into every form, as `csrf`; it is good for the organization that the page is about. */
  readonly csrf: string
  /** Puts on record what the member did, with who they are and where they came from. */
  readonly record: (fact: AuditFact) => void
}

/** One request of a member who may decide for the organization that they look at. */
export type OrganizationVisit = Visit & {
  readonly organization: MemberOrganization
  /** What the connector knows of it. */
  readonly known: Organization
}
