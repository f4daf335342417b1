import { z } from 'zod'
import { compare, compareMoney, condition, contains, flagIs, oneOf } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { fold } from '../database/fold.ts'
import { counterpartyId, currency, day, searchText } from '../http/fields.ts'
import { pageFields, queryField, repeated, scalar } from '../http/query.ts'
import { IS_OVERDUE } from '../records/invoices.ts'

const status = z.enum(['draft', 'sent', 'partially_paid', 'paid', 'void'])
const kind = z.enum(['sales', 'purchase'])
const sort = z.enum(['issueDate', '-issueDate', 'dueDate', '-dueDate', 'total', '-total', 'number'])

/** The query parameters of the list. */
export const invoiceQuery = z.strictObject({
  status: repeated(status, 5).optional(),
  kind: scalar(kind).optional(),
  issuedFrom: queryField.day,
  issuedTo: queryField.day,
  dueFrom: queryField.day,
  dueTo: queryField.day,
  counterpartyId: queryField.counterpartyId,
  projectId: queryField.id,
  minTotal: queryField.amount,
  maxTotal: queryField.amount,
  currency: queryField.currency,
  q: queryField.q,
  overdue: queryField.boolean,
  archived: queryField.boolean,
  sort: scalar(sort).default('-issueDate'),
  ...pageFields,
})

const dayRange = z.strictObject({ from: day.optional(), to: day.optional() }).default({})

const amountRange = z
  .strictObject({ min: z.number().min(0).optional(), max: z.number().min(0).optional() })
  .default({})

/** The body of a search. */
export const invoiceSearch = z.strictObject({
  text: searchText.optional(),
  lineText: searchText.optional(),
  status: z.array(status).min(1).max(5).optional(),
  kind: kind.optional(),
  counterpartyIds: z.array(counterpartyId).min(1).max(100).optional(),
  issued: dayRange,
  due: dayRange,
  total: amountRange,
  currency: currency.optional(),
  sort: sort.default('-issueDate'),
  page: z.int().min(1).max(100_000).default(1),
  pageSize: z.int().min(1).max(100).default(20),
})

/** What the list's parameters ask for, in SQL. */
export function toListConditions(query: z.infer<typeof invoiceQuery>): Condition[] {
  return [
    ...oneOf('i.status', query.status),
    ...compare('i.kind = ?', query.kind),
    ...compare('i.issue_date >= ?', query.issuedFrom),
    ...compare('i.issue_date <= ?', query.issuedTo),
    ...compare('i.due_date >= ?', query.dueFrom),
    ...compare('i.due_date <= ?', query.dueTo),
    ...compare('i.counterparty_id = ?', query.counterpartyId),
    ...compare('i.project_id = ?', query.projectId),
    ...compareMoney('i.total_cents >= ?', query.minTotal),
    ...compareMoney('i.total_cents <= ?', query.maxTotal),
    ...compare('i.currency = ?', query.currency),
    ...containsText(query.q),
    ...flagIs(IS_OVERDUE, query.overdue),
    ...flagIs('i.archived', query.archived),
  ]
}

/** What a search asks for, in SQL. */
export function toSearchConditions(search: z.infer<typeof invoiceSearch>): Condition[] {
  return [
    ...containsText(search.text),
    ...containsLineText(search.lineText),
    ...oneOf('i.status', search.status),
    ...compare('i.kind = ?', search.kind),
    ...oneOf('i.counterparty_id', search.counterpartyIds),
    ...compare('i.issue_date >= ?', search.issued.from),
    ...compare('i.issue_date <= ?', search.issued.to),
    ...compare('i.due_date >= ?', search.due.from),
    ...compare('i.due_date <= ?', search.due.to),
    ...compareMoney('i.total_cents >= ?', search.total.min),
    ...compareMoney('i.total_cents <= ?', search.total.max),
    ...compare('i.currency = ?', search.currency),
  ]
}

function containsText(text: string | undefined): Condition[] {
  return contains(['i.number', 'i.note', 'c.name'], text)
}

function containsLineText(text: string | undefined): Condition[] {
  if (text === undefined) return []
  const lines = 'SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id'
  return [condition(`EXISTS (${lines} AND instr(fold(l.description), ?) > 0)`, fold(text))]
}
