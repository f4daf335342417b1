import type { Router } from '@koa/router'
import { answerJson, identify } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, parseQuery } from '../http/query.ts'
import { listOrganizations } from '../records/members.ts'

/** Who calls, and where they may act. */
export function addMeRoutes(router: Router, services: Services): void {
  router.get('/me', (ctx) => {
    const { member } = identify(services, ctx)
    parseQuery(ctx.querystring, noQuery)
    answerJson(ctx, 200, member)
  })

  router.get('/me/organizations', (ctx) => {
    const { member, credential } = identify(services, ctx)
    parseQuery(ctx.querystring, noQuery)
    const all = listOrganizations(services.database, member.id)
    const data =
      credential.kind === 'apiKey' ? all.filter(({ id }) => id === credential.organizationId) : all
    answerJson(ctx, 200, { data })
  })
}
