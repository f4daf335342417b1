import type { DatabaseSync } from 'node:sqlite'
import type { RouterContext, RouterMiddleware } from '@koa/router'
import type { z } from 'zod'
import type { Authenticate, Identity } from './authentication.ts'
import { checkAccess, chooseOrganization } from './authorization.ts'
import type { Access, Caller } from './authorization.ts'
import type { BodyReader } from './body.ts'
import { parseQuery } from './query.ts'
import type { CheckRate } from './rate-limit.ts'
import type { Sessions } from './sessions.ts'

/** What the routes share. */
export type Services = {
  readonly database: DatabaseSync
  readonly sessions: Sessions
  readonly authenticate: Authenticate
  readonly checkRate: CheckRate
}

/** A request that passed every check that does not need the record itself. */
export type Call<Query, Body> = Caller & {
  readonly query: Query
  readonly body: Body
  /** A path parameter, decoded. */
  readonly pathId: (name: string) => string
}

/** One documented operation on the data of an organization. */
export type Operation<Query, Body> = {
  readonly access: Access
  readonly query: z.ZodType<Query>
  readonly body: BodyReader<Body>
  readonly status: 200 | 201 | 204
  readonly handle: (call: Call<Query, Body>) => unknown
}

/** Makes an operation a route: who, how often, where, may they, what do they ask, do it. */
export function serveOperation<Query, Body>(
  services: Services,
  operation: Operation<Query, Body>,
): RouterMiddleware {
  return async function serveOperation(ctx) {
    const identity = identify(services, ctx)
    const caller = chooseOrganization(services.database, identity, ctx.get('X-Organization-Id'))
    checkAccess(caller, operation.access)
    const query = parseQuery(ctx.querystring, operation.query)
    const body = await operation.body(ctx)
    const answer = operation.handle({ ...caller, query, body, pathId: toPathReader(ctx) })
    answerJson(ctx, operation.status, answer)
  }
}

/** Tells who calls; failed attempts count against their address, others against the credential. */
export function identify({ authenticate, checkRate }: Services, ctx: RouterContext): Identity {
  const identity = authenticateCounted(authenticate, checkRate, ctx)
  const { credential } = identity
  checkRate(
    credential.kind === 'session'
      ? `session ${credential.sessionId}`
      : `organization ${credential.organizationId}`,
  )
  return identity
}

/** Answers with JSON, or with nothing for 204. */
export function answerJson(ctx: RouterContext, status: number, answer: unknown): void {
  ctx.status = status
  if (status === 204) return
  ctx.body = JSON.stringify(answer)
  ctx.set('Content-Type', 'application/json')
}

function authenticateCounted(
  authenticate: Authenticate,
  checkRate: CheckRate,
  ctx: RouterContext,
): Identity {
  try {
    return authenticate(ctx)
  } catch (error) {
    checkRate(`address ${ctx.ip}`)
    throw error
  }
}

function toPathReader(ctx: RouterContext): (name: string) => string {
  return function pathId(name) {
    const value = ctx.params[name]
    if (value === undefined) throw new Error(`the route has no parameter "${name}"`)
    return value
  }
}
