import type { Secret } from '../secret.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import type { Deadline } from '../upstream/deadline.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'
import type { Session } from './session.ts'
import type { OpenUpstream, Operation } from './tool.ts'

/**
 * Sends an operation as the member who asks. Where the upstream no longer accepts their credential,
 * it is renewed once; where that is no way, it is not believed any longer. All of it together has
 * the time of one call. A renewal that takes longer goes on, for the calls after this one.
 *
 * @throws {UpstreamFailure} 401 where the credential is of no use any more
 */
export async function readAsMember(
  upstream: UpstreamClient,
  session: Session,
  operation: Operation,
  send: (open: OpenUpstream) => Promise<unknown>,
): Promise<UpstreamAnswer> {
  const { credential } = session.identity
  const deadline = upstream.startDeadline(session.signal)
  const read = (headers: Readonly<Record<string, Secret>>) =>
    upstream.read(operation, toCaller(session, headers, deadline), send)
  try {
    return await read(credential.open())
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    const renewed = await deadline.bound(credential.renew(session.requestId))
    if (renewed === null) throw error
    return await retry(renewed)
  } finally {
    deadline.end()
  }

  async function retry(headers: Readonly<Record<string, Secret>>): Promise<UpstreamAnswer> {
    try {
      return await read(headers)
    } catch (error) {
      if (isUnauthorized(error)) await credential.end()
      throw error
    }
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof UpstreamFailure && error.status === 401
}

function toCaller(
  session: Session,
  credential: Readonly<Record<string, Secret>>,
  deadline: Deadline,
) {
  const { identity, requestId, clientName, traceparent, signal } = session
  return {
    credential,
    organizationId: identity.kind === 'public' ? null : identity.organization.id,
    requestId,
    clientName,
    traceparent,
    signal,
    reader: JSON.stringify([identity.kind, identity.member.id]),
    // The allow-list says so: there is no tool that is not a read.
    isRepeatable: true,
    deadline,
  }
}
