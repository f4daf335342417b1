import type { DatabaseSync } from 'node:sqlite'
import { unprocessable } from '../http/problem.ts'

/** The tables whose records can be referred to. */
export type ReferenceTable =
  | 'counterparties'
  | 'projects'
  | 'cost_groups'
  | 'tax_groups'
  | 'invoices'
  | 'transactions'
  | 'contracts'

/** Tells whether an organization has a record. */
export function exists(
  database: DatabaseSync,
  table: ReferenceTable,
  organizationId: string,
  id: string,
): boolean {
  const row = database
    .prepare(`SELECT 1 FROM ${table} WHERE organization_id = ? AND id = ?`)
    .get(organizationId, id)
  return row !== undefined
}

/**
 * Checks a reference in a body; none at all is fine.
 *
 * @throws {ProblemError} 422 that points to the reference
 */
export function checkReference(
  database: DatabaseSync,
  table: ReferenceTable,
  organizationId: string,
  id: string | null | undefined,
  pointer: string,
): void {
  if (id === null || id === undefined) return
  if (exists(database, table, organizationId, id)) return
  throw unprocessable(pointer, 'refers to no record of this organization')
}
