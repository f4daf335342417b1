import type { Router, RouterContext } from '@koa/router'
import { z } from 'zod'
import { jsonBody } from '../http/body.ts'
import { answerJson, identify } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { unauthorized } from '../http/problem.ts'
import { noQuery, parseQuery } from '../http/query.ts'
import { isSecret } from '../http/secrets.ts'
import { findMemberByEmail, findMemberById, findPasswordHash } from '../records/members.ts'

/** A hash that no password has, so that an unknown email costs as much time as a wrong password. */
const NO_HASH = '0'.repeat(64)

const readCredentials = jsonBody(
  z.strictObject({ email: z.email().max(200), password: z.string().min(1).max(200) }),
)

const readRefreshRequest = jsonBody(z.strictObject({ refreshToken: z.string().min(1).max(200) }))

/** Sign in, renew, sign out. */
export function addSessionRoutes(router: Router, services: Services): void {
  const { database, sessions, checkRate } = services

  router.post('/sessions', async (ctx) => {
    prepare(ctx)
    const { email, password } = await readCredentials(ctx)
    const isRight = isSecret(password, findPasswordHash(database, email) ?? NO_HASH)
    const member = isRight ? findMemberByEmail(database, email) : null
    if (member === null) throw unauthorized('The email or the password is not right.')
    answerJson(ctx, 201, { ...sessions.open(member.id), member })
  })

  router.post('/sessions/refresh', async (ctx) => {
    prepare(ctx)
    const { refreshToken } = await readRefreshRequest(ctx)
    const renewed = sessions.refresh(refreshToken)
    const member = renewed === null ? null : findMemberById(database, renewed.memberId)
    if (renewed === null || member === null) {
      throw unauthorized('The refresh token is unknown, used or expired.')
    }
    answerJson(ctx, 200, { ...renewed.tokens, member })
  })

  router.delete('/sessions/current', (ctx) => {
    const { credential } = identify(services, ctx)
    parseQuery(ctx.querystring, noQuery)
    if (credential.kind !== 'session') throw unauthorized('Only a session can be ended.')
    sessions.close(credential.sessionId)
    answerJson(ctx, 204, null)
  })

  /** Without a credential, requests count against their address. */
  function prepare(ctx: RouterContext): void {
    checkRate(`address ${ctx.ip}`)
    parseQuery(ctx.querystring, noQuery)
  }
}
