import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { insertRows, nextId } from '../database/insert.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { numberOrNull, referenceOrNull, text, textMap, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { updateRow } from '../database/update.ts'
import { conflict, notFound } from '../http/problem.ts'
import { checkReference, exists } from './exists.ts'
import type { ProjectInput } from './project-input.ts'

const COLUMNS = 'p.*, c.name AS client_name'

const FROM = 'projects p LEFT JOIN counterparties c ON c.id = p.client_id'

const ORDERS = {
  code: 'p.code, p.id',
  name: 'fold(p.name), p.id',
  '-name': 'fold(p.name) DESC, p.id DESC',
  startDate: 'p.start_date, p.id',
  '-startDate': 'p.start_date DESC, p.id DESC',
} as const

/** The orders that a list of projects can have. */
export type ProjectOrder = keyof typeof ORDERS

/** Reads one page of an organization's projects; conditions use the aliases `p` and `c`. */
export function readProjectPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, page, pageSize }: PageRequest & { readonly sort: ProjectOrder },
): Page<object> {
  return readPage(
    database,
    {
      columns: COLUMNS,
      from: FROM,
      conditions: [condition('p.organization_id = ?', organizationId), ...conditions],
      orderBy: ORDERS[sort],
      page,
      pageSize,
    },
    toProject,
  )
}

/**
 * Reads one project.
 *
 * @throws {ProblemError} 404
 */
export function readProject(database: DatabaseSync, organizationId: string, id: string): object {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE p.organization_id = ? AND p.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('project', id)
  return toProject(row)
}

/** Creates a project and returns its id. */
export function createProject(
  database: DatabaseSync,
  organizationId: string,
  input: ProjectInput,
): string {
  const id = nextId(database, 'projects', 'prj_', 3)
  checkInput(database, organizationId, id, input)
  insertRows(database, 'projects', [{ ...toColumns(input), id, organization_id: organizationId }])
  return id
}

/** Replaces a project as a whole. */
export function replaceProject(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: ProjectInput,
): void {
  if (!exists(database, 'projects', organizationId, id)) throw notFound('project', id)
  checkInput(database, organizationId, id, input)
  updateRow(database, 'projects', id, toColumns(input))
}

function checkInput(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: ProjectInput,
): void {
  checkReference(database, 'counterparties', organizationId, input.clientId, '/clientId')
  const taken = database
    .prepare('SELECT 1 FROM projects WHERE organization_id = ? AND code = ? AND id <> ?')
    .get(organizationId, input.code, id)
  if (taken !== undefined) throw conflict(`There is already a project "${input.code}".`)
}

function toColumns(input: ProjectInput) {
  return {
    code: input.code,
    name: input.name,
    status: input.status,
    billing_type: input.billingType,
    client_id: input.clientId,
    start_date: input.startDate,
    end_date: input.endDate,
    budget_cents: input.budget === null ? null : Math.round(input.budget * 100),
    currency: input.currency,
    metadata: JSON.stringify(input.metadata),
  }
}

function toProject(row: Row): object {
  const budgetCents = numberOrNull(row, 'budget_cents')
  return {
    id: text(row, 'id'),
    code: text(row, 'code'),
    name: text(row, 'name'),
    status: text(row, 'status'),
    billingType: text(row, 'billing_type'),
    client: referenceOrNull(row, 'client'),
    startDate: text(row, 'start_date'),
    endDate: textOrNull(row, 'end_date'),
    budget: budgetCents === null ? null : budgetCents / 100,
    currency: text(row, 'currency'),
    metadata: textMap(row, 'metadata'),
  }
}
