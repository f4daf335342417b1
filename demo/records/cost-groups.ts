import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { insertRows, nextId } from '../database/insert.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { number, text, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { conflict, notFound, unprocessable } from '../http/problem.ts'

/** A cost group as a member wants it. */
export type CostGroupInput = {
  readonly code: string
  readonly name: string
  readonly parentId: string | null
  readonly description: string | null
}

/** Reads one page of an organization's cost groups by code; conditions use the alias `g`. */
export function readCostGroupPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { page, pageSize }: PageRequest,
): Page<object> {
  return readPage(
    database,
    {
      columns: 'g.*',
      from: 'cost_groups g',
      conditions: [condition('g.organization_id = ?', organizationId), ...conditions],
      orderBy: 'g.code, g.id',
      page,
      pageSize,
    },
    toCostGroup,
  )
}

/**
 * Reads one cost group.
 *
 * @throws {ProblemError} 404
 */
export function readCostGroup(database: DatabaseSync, organizationId: string, id: string): object {
  const row = findRow(database, organizationId, id)
  if (row === undefined) throw notFound('cost group', id)
  return toCostGroup(row)
}

/** Creates a cost group, at the top or below another one, and returns its id. */
export function createCostGroup(
  database: DatabaseSync,
  organizationId: string,
  input: CostGroupInput,
): string {
  const parent = input.parentId === null ? null : findRow(database, organizationId, input.parentId)
  if (parent === undefined) {
    throw unprocessable('/parentId', 'refers to no record of this organization')
  }
  const taken = database
    .prepare('SELECT 1 FROM cost_groups WHERE organization_id = ? AND code = ?')
    .get(organizationId, input.code)
  if (taken !== undefined) throw conflict(`There is already a cost group "${input.code}".`)
  const id = nextId(database, 'cost_groups', 'cg_', 3)
  const row = {
    id,
    organization_id: organizationId,
    code: input.code,
    name: input.name,
    parent_id: input.parentId,
    depth: parent === null ? 0 : number(parent, 'depth') + 1,
    description: input.description,
  }
  insertRows(database, 'cost_groups', [row])
  return id
}

function findRow(database: DatabaseSync, organizationId: string, id: string): Row | undefined {
  return database
    .prepare('SELECT * FROM cost_groups WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
}

function toCostGroup(row: Row): object {
  return {
    id: text(row, 'id'),
    code: text(row, 'code'),
    name: text(row, 'name'),
    parentId: textOrNull(row, 'parent_id'),
    depth: number(row, 'depth'),
    description: textOrNull(row, 'description'),
  }
}
