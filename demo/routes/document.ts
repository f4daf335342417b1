import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Router } from '@koa/router'

const DOCUMENT = new URL('../../specs/flowtly/openapi.yaml', import.meta.url)

/** The API's own document, as vendors publish it: for everybody, with a validator for who has it. */
export function addDocumentRoute(router: Router): void {
  router.get('/openapi.yaml', (ctx) => {
    const bytes = readFileSync(DOCUMENT)
    ctx.etag = createHash('sha256').update(bytes).digest('hex')
    ctx.type = 'application/yaml'
    ctx.status = 200
    if (ctx.fresh) ctx.status = 304
    else ctx.body = bytes
  })
}
