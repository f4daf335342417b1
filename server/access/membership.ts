import { readPointer } from '../json.ts'
import type { Connector, OpenUpstream, Operation } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { Identity } from './identity.ts'

/** The member that a credential speaks for and the one organization it is bound to. */
export type Membership = Pick<Identity, 'member' | 'organization'>

/**
 * Asks the upstream who a credential belongs to.
 *
 * @returns `null` where the upstream refuses it, or where it is not bound to exactly one organization
 * @throws {UpstreamFailure} when the upstream cannot tell
 */
export type FindMembership = (
  credential: Readonly<Record<string, Secret>>,
  requestId: string,
) => Promise<Membership | null>

/** Makes the question from the connector's `profile` and `organizations` operations. */
export function createFindMembership(options: {
  readonly connector: Connector
  readonly upstream: UpstreamClient
}): FindMembership {
  const { profile, organizations } = options.connector.upstream

  return async function findMembership(credential, requestId) {
    const ask = async (read: {
      readonly operation: Operation
      readonly send: (open: OpenUpstream) => Promise<unknown>
    }): Promise<unknown> => {
      const caller = {
        credential,
        organizationId: null,
        requestId,
        clientName: null,
        traceparent: null,
        // The answer is for everyone who waits for it, so no single client's leaving ends it.
        signal: new AbortController().signal,
      }
      return parseAnswer((await options.upstream.read(read.operation, caller, read.send)).text)
    }

    try {
      const [me, mine] = await Promise.all([ask(profile), ask(organizations)])
      const items = readPointer(mine, organizations.items)
      if (!Array.isArray(items) || items.length !== 1) return null
      const organization: unknown = items[0]
      return {
        member: {
          id: textAt(me, profile.id),
          email: textAt(me, profile.email),
          name: textAt(me, profile.name),
        },
        organization: {
          id: textAt(organization, organizations.id),
          name: textAt(organization, organizations.name),
          role: textAt(organization, organizations.role),
        },
      }
    } catch (error) {
      if (error instanceof UpstreamFailure && isRefusal(error.status)) return null
      throw error
    }
  }
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403
}

function parseAnswer(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text)
    return answer
  } catch {
    // No cause: the parser's own message quotes the answer, and a log is no place for it.
    throw new UpstreamFailure(502, 'the answer is not JSON')
  }
}

function textAt(value: unknown, pointer: string): string {
  const found = readPointer(value, pointer)
  if (typeof found === 'string' && found !== '') return found
  if (typeof found === 'number') return String(found)
  throw new UpstreamFailure(502, `nothing at ${pointer} of the answer`)
}
