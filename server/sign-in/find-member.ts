import { readPointer } from '../json.ts'
import type { MemberUpstream, OrganizationsRead } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { ask, findTextAt, textAt } from './ask.ts'
import type { FindMember, MemberOrganization } from './members.ts'
import { CREDENTIAL_REFUSED, nullIfRefused } from './refusal.ts'

/** What stands for the role of a member who has none; it approves nothing. */
const NO_ROLE = 'none'

/** Makes the question from the connector's `profile` and `organizations` operations. */
export function createFindMember(options: {
  readonly connector: { readonly upstream: Pick<MemberUpstream, 'profile' | 'organizations'> }
  readonly upstream: UpstreamClient
}): FindMember {
  const { connector, upstream } = options
  const { profile, organizations } = connector.upstream

  return function findMember(headers, requestId) {
    return nullIfRefused(CREDENTIAL_REFUSED, async () => {
      const [me, mine] = await Promise.all([
        ask(upstream, profile, headers, requestId),
        ask(upstream, organizations, headers, requestId),
      ])
      return {
        id: idAt(me, profile.id),
        email: textAt(me, profile.email),
        name: textAt(me, profile.name),
        organizations: readOrganizations(mine, organizations),
      }
    })
  }
}

function readOrganizations(
  answer: unknown,
  { items, id, name, role, approvers }: OrganizationsRead,
): readonly MemberOrganization[] {
  const found = readPointer(answer, items)
  if (!Array.isArray(found)) throw new UpstreamFailure(502, `no list at ${items} of the answer`)
  return found.map((item: unknown) => {
    const ownId = idAt(item, id)
    const held = findTextAt(item, role)
    return {
      id: ownId,
      name: findTextAt(item, name) ?? ownId,
      role: held ?? NO_ROLE,
      canApprove: held !== null && approvers.includes(held),
    }
  })
}

/** An id goes into headers and the store, which would both change what they cannot hold. */
function idAt(answer: unknown, pointer: string): string {
  const id = textAt(answer, pointer)
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(id)) return id
  throw new UpstreamFailure(502, `what is at ${pointer} of the answer cannot be an id`)
}
