import { readPointer } from '../json.ts'
import type { Connector, OrganizationsRead } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { ask, textAt } from './ask.ts'
import type { FindMember, MemberOrganization } from './members.ts'
import { CREDENTIAL_REFUSED, nullIfRefused } from './refusal.ts'

/** Makes the question from the connector's `profile` and `organizations` operations. */
export function createFindMember(options: {
  readonly connector: Connector
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
        id: textAt(me, profile.id),
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
    const held = textAt(item, role)
    return {
      id: textAt(item, id),
      name: textAt(item, name),
      role: held,
      canApprove: approvers.includes(held),
    }
  })
}
