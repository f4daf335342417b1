import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { insertRows, nextId } from '../database/insert.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { number, reference, text, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'
import { NOW } from '../today.ts'

/** Everything but the bytes. */
const COLUMNS = `a.id, a.file_name, a.content_type, a.size, a.sha256, a.subject_type, a.subject_id,
  a.description, a.uploaded_at, a.uploaded_by AS uploader_id, m.name AS uploader_name`

const FROM = 'attachments a JOIN members m ON m.id = a.uploaded_by'

/** A document that is about to be filed. */
export type NewAttachment = {
  readonly fileName: string
  readonly contentType: string
  readonly content: Uint8Array
  readonly subjectType: string
  readonly subjectId: string
  readonly description: string | null
  readonly uploadedBy: string
}

/** Reads one page of an organization's attachments, the latest first; conditions use `a`. */
export function readAttachmentPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { page, pageSize }: PageRequest,
): Page<object> {
  return readPage(
    database,
    {
      columns: COLUMNS,
      from: FROM,
      conditions: [condition('a.organization_id = ?', organizationId), ...conditions],
      orderBy: 'a.uploaded_at DESC, a.id DESC',
      page,
      pageSize,
    },
    toAttachment,
  )
}

/**
 * Reads the metadata of one document.
 *
 * @throws {ProblemError} 404
 */
export function readAttachment(database: DatabaseSync, organizationId: string, id: string): object {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE a.organization_id = ? AND a.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('attachment', id)
  return toAttachment(row)
}

/**
 * Reads the bytes of one document.
 *
 * @throws {ProblemError} 404
 */
export function readAttachmentContent(database: DatabaseSync, organizationId: string, id: string) {
  const row = database
    .prepare(
      `SELECT file_name, content_type, content FROM attachments
       WHERE organization_id = ? AND id = ?`,
    )
    .get(organizationId, id)
  const content = row?.['content']
  if (row === undefined || !(content instanceof Uint8Array)) throw notFound('attachment', id)
  return { fileName: text(row, 'file_name'), contentType: text(row, 'content_type'), content }
}

/** Files a document and returns its id. */
export function createAttachment(
  database: DatabaseSync,
  organizationId: string,
  attachment: NewAttachment,
): string {
  const id = nextId(database, 'attachments', 'att_', 4)
  const row = {
    id,
    organization_id: organizationId,
    subject_type: attachment.subjectType,
    subject_id: attachment.subjectId,
    file_name: attachment.fileName,
    content_type: attachment.contentType,
    size: attachment.content.length,
    sha256: createHash('sha256').update(attachment.content).digest('hex'),
    description: attachment.description,
    uploaded_at: NOW,
    uploaded_by: attachment.uploadedBy,
    content: attachment.content,
  }
  insertRows(database, 'attachments', [row])
  return id
}

/**
 * Removes a document with its bytes.
 *
 * @throws {ProblemError} 404
 */
export function deleteAttachment(database: DatabaseSync, organizationId: string, id: string): void {
  const { changes } = database
    .prepare('DELETE FROM attachments WHERE organization_id = ? AND id = ?')
    .run(organizationId, id)
  if (changes === 0) throw notFound('attachment', id)
}

function toAttachment(row: Row): object {
  return {
    id: text(row, 'id'),
    fileName: text(row, 'file_name'),
    contentType: text(row, 'content_type'),
    size: number(row, 'size'),
    sha256: text(row, 'sha256'),
    subjectType: text(row, 'subject_type'),
    subjectId: text(row, 'subject_id'),
    description: textOrNull(row, 'description'),
    uploadedAt: text(row, 'uploaded_at'),
    uploadedBy: reference(row, 'uploader'),
  }
}
