import type { Router } from '@koa/router'
import { chooseOrganization } from '../http/authorization.ts'
import { identify } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, parseQuery } from '../http/query.ts'
import { readAttachmentContent } from '../records/attachments.ts'

/** The bytes of documents. */
export function addAttachmentContentRoutes(router: Router, services: Services): void {
  const { database } = services

  router.get('/attachments/:attachmentId/content', (ctx) => {
    const identity = identify(services, ctx)
    const caller = chooseOrganization(database, identity, ctx.get('X-Organization-Id'))
    parseQuery(ctx.querystring, noQuery)
    const id = ctx.params['attachmentId'] ?? ''
    const { fileName, contentType, content } = readAttachmentContent(
      database,
      caller.organizationId,
      id,
    )
    ctx.attachment(fileName)
    ctx.body = Buffer.from(content)
    ctx.set('Content-Type', contentType)
  })
}
