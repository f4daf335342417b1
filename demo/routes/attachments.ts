import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, contains } from '../database/filter.ts'
import { formBody, noBody } from '../http/body.ts'
import { id } from '../http/fields.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, pageFields, queryField, scalar } from '../http/query.ts'
import {
  createAttachment,
  deleteAttachment,
  readAttachment,
  readAttachmentPage,
} from '../records/attachments.ts'
import { checkReference } from '../records/exists.ts'

const subjectType = z.enum(['invoice', 'transaction', 'contract'])
const contentType = z.enum(['application/pdf', 'image/png', 'text/csv'])

const SUBJECT_TABLES = {
  invoice: 'invoices',
  transaction: 'transactions',
  contract: 'contracts',
} as const

const listQuery = z.strictObject({
  subjectType: scalar(subjectType).optional(),
  subjectId: queryField.id,
  contentType: scalar(contentType).optional(),
  q: queryField.q,
  ...pageFields,
})

const upload = z.strictObject({
  file: z.object({
    fileName: z.string().min(1).max(255),
    contentType,
    bytes: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, 'must not be empty'),
  }),
  subjectType: field(subjectType),
  subjectId: field(id),
  description: field(z.string().max(500)).optional(),
})

const readUpload = formBody(upload)

/** Documents; their bytes have a file of their own. */
export function addAttachmentRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readAttachmentPage(
        database,
        organizationId,
        [
          ...compare('a.subject_type = ?', query.subjectType),
          ...compare('a.subject_id = ?', query.subjectId),
          ...compare('a.content_type = ?', query.contentType),
          ...contains(['a.file_name', 'a.description'], query.q),
        ],
        query,
      ),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readUpload,
    status: 201,
    handle: ({ organizationId, memberId, body }) => {
      const table = SUBJECT_TABLES[body.subjectType]
      checkReference(database, table, organizationId, body.subjectId, '/subjectId')
      const attachmentId = createAttachment(database, organizationId, {
        fileName: body.file.fileName,
        contentType: body.file.contentType,
        content: body.file.bytes,
        subjectType: body.subjectType,
        subjectId: body.subjectId,
        description: body.description ?? null,
        uploadedBy: memberId,
      })
      return readAttachment(database, organizationId, attachmentId)
    },
  })
  const get = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readAttachment(database, organizationId, pathId('attachmentId')),
  })
  const remove = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: noBody,
    status: 204,
    handle: ({ organizationId, pathId }) =>
      deleteAttachment(database, organizationId, pathId('attachmentId')),
  })

  router.get('/attachments', list)
  router.post('/attachments', create)
  router.get('/attachments/:attachmentId', get)
  router.delete('/attachments/:attachmentId', remove)
}

/** A plain field of a form, read by the given schema. */
function field<Schema extends z.ZodType<unknown, string>>(schema: Schema) {
  return z
    .object({ fileName: z.null(), bytes: z.instanceof(Buffer) })
    .transform(({ bytes }) => bytes.toString('utf8'))
    .pipe(schema)
}
