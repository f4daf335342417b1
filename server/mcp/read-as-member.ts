import type { Secret } from '../secret.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'
import type { Session } from './session.ts'
import type { OpenUpstream, Operation } from './tool.ts'

/**
 * Sends an operation as the member who asks. Where the upstream no longer accepts their credential,
 * it is renewed once; where that is no way, it is not believed any longer.
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
  try {
    return await upstream.read(operation, toCaller(session, credential.headers), send)
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    const renewed = await credential.renew(session.requestId)
    if (renewed === null) throw error
    return await retry(renewed)
  }

  async function retry(headers: Readonly<Record<string, Secret>>): Promise<UpstreamAnswer> {
    try {
      return await upstream.read(operation, toCaller(session, headers), send)
    } catch (error) {
      if (isUnauthorized(error)) await credential.end()
      throw error
    }
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof UpstreamFailure && error.status === 401
}

function toCaller(session: Session, credential: Readonly<Record<string, Secret>>) {
  const { identity, requestId, clientName, traceparent, signal } = session
  return {
    credential,
    organizationId: identity.kind === 'public' ? null : identity.organization.id,
    requestId,
    clientName,
    traceparent,
    signal,
  }
}
