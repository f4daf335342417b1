import type { SQLInputValue } from 'node:sqlite'
import { fold } from './fold.ts'

/** A piece of a WHERE clause with the values for its placeholders. */
export type Condition = { readonly sql: string; readonly values: readonly SQLInputValue[] }

/** A condition in which every `?` of the text stands for the next value. */
export function condition(sql: string, ...values: readonly SQLInputValue[]): Condition {
  return { sql, values }
}

/** Compares with one value, unless the caller did not ask for it. */
export function compare(sql: string, value: SQLInputValue | undefined): Condition[] {
  return value === undefined ? [] : [condition(sql, value)]
}

/** Compares a column of cents with a decimal amount, unless the caller did not ask for it. */
export function compareMoney(sql: string, amount: number | undefined): Condition[] {
  return amount === undefined ? [] : [condition(sql, Number((amount * 100).toFixed(4)))]
}

/** Keeps rows whose column is one of the values, unless the caller did not ask for it. */
export function oneOf(column: string, values: readonly string[] | undefined): Condition[] {
  if (values === undefined) return []
  return [condition(`${column} IN (${values.map(() => '?').join(', ')})`, ...values)]
}

/** Keeps rows for which a yes-or-no expression is as asked. */
export function flagIs(sql: string, wanted: boolean | undefined): Condition[] {
  return wanted === undefined ? [] : [condition(`(${sql}) = ?`, wanted ? 1 : 0)]
}

/** Keeps rows with the text in one of the columns; case and accents do not matter. */
export function contains(columns: readonly string[], searched: string | undefined): Condition[] {
  if (searched === undefined) return []
  const needle = fold(searched)
  const tests = columns.map((column) => `instr(fold(${column}), ?) > 0`)
  return [condition(`(${tests.join(' OR ')})`, ...columns.map(() => needle))]
}

/** Joins conditions with AND. */
export function every(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}
