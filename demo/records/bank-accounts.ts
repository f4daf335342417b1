import type { DatabaseSync } from 'node:sqlite'
import { condition, every } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { flag, money, text } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { updateRow } from '../database/update.ts'
import { notFound } from '../http/problem.ts'
import { TODAY } from '../today.ts'
import { transact } from './transact.ts'

/** The balance is what the account opened with and everything booked since. */
const COLUMNS = `b.*, b.opening_cents + (
  SELECT coalesce(sum(CASE t.direction WHEN 'in' THEN t.amount_cents ELSE -t.amount_cents END), 0)
  FROM transactions t WHERE t.bank_account_id = b.id) AS balance_cents`

/** What a member may change about an account. */
export type BankAccountInput = {
  readonly name: string
  readonly status: 'active' | 'closed'
  readonly isDefault: boolean
}

/** Lists an organization's accounts by name; conditions use the alias `b`. */
export function listBankAccounts(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
): object[] {
  const where = every([condition('b.organization_id = ?', organizationId), ...conditions])
  return database
    .prepare(
      `SELECT ${COLUMNS} FROM bank_accounts b WHERE ${where.sql} ORDER BY fold(b.name), b.id`,
    )
    .all(...where.values)
    .map(toBankAccount)
}

/**
 * Reads one account with its balance.
 *
 * @throws {ProblemError} 404
 */
export function readBankAccount(
  database: DatabaseSync,
  organizationId: string,
  id: string,
): object {
  return toBankAccount(readRow(database, organizationId, id))
}

/** Changes an account; a new default takes the place of the old one of its currency. */
export function updateBankAccount(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: BankAccountInput,
): void {
  transact(database, () => {
    const currency = text(readRow(database, organizationId, id), 'currency')
    if (input.isDefault) {
      database
        .prepare(
          'UPDATE bank_accounts SET is_default = 0 WHERE organization_id = ? AND currency = ?',
        )
        .run(organizationId, currency)
    }
    updateRow(database, 'bank_accounts', id, {
      name: input.name,
      status: input.status,
      is_default: input.isDefault ? 1 : 0,
    })
  })
}

function readRow(database: DatabaseSync, organizationId: string, id: string): Row {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM bank_accounts b WHERE b.organization_id = ? AND b.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('bank account', id)
  return row
}

function toBankAccount(row: Row): object {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    bankName: text(row, 'bank_name'),
    iban: text(row, 'iban'),
    currency: text(row, 'currency'),
    balance: money(row, 'balance_cents'),
    balanceAsOf: TODAY,
    status: text(row, 'status'),
    isDefault: flag(row, 'is_default'),
  }
}
