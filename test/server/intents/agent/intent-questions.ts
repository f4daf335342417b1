import { OWED, type AgentQuestion } from './agent-question.ts'

const TRANSACTIONS = `FROM transactions WHERE organization_id = :organization`

/** Questions that an intent answers. The days in them are those of the demo's data. */
export const INTENT_QUESTIONS: readonly AgentQuestion[] = [
  {
    ask: 'How much does our biggest debtor owe us in euros?',
    tool: 'insights.topDebtors',
    arguments: { count: 1, currency: 'EUR' },
    number: { at: '/rows/0/outstanding' },
    sql: `SELECT ${OWED} AND kind = 'sales' AND currency = 'EUR'
          GROUP BY counterparty_id ORDER BY 1 DESC LIMIT 1`,
  },
  {
    ask: 'How much money have we collected since the start of the quarter in euros?',
    tool: 'insights.collectedSince',
    arguments: { since: '2026-10-01', until: '2026-11-20' },
    number: { sum: '/collected', of: '/rows', where: { currency: 'EUR' } },
    sql: `SELECT round(sum(amount_cents) / 100.0, 2) ${TRANSACTIONS} AND direction = 'in' AND currency = 'EUR'
          AND booked_on BETWEEN '2026-10-01' AND '2026-11-20'`,
  },
  {
    ask: 'What is the telephone number of our main contact at Iskra Werke?',
    tool: 'insights.mainContact',
    arguments: { customer: 'Iskra Werke' },
    number: { at: '/rows/0/phone' },
    sql: `SELECT t.phone FROM contacts t JOIN counterparties c ON c.id = t.counterparty_id
          WHERE c.organization_id = :organization AND c.name LIKE 'Iskra Werke%' ORDER BY lower(c.name), c.id, t.rank LIMIT 1`,
  },
  {
    ask: 'How much is overdue by more than 90 days?',
    tool: 'insights.overdueByAge',
    arguments: { asOf: '2026-11-20' },
    number: { sum: '/outstanding', of: '/rows', where: { currency: 'EUR', age: 'over 90 days' } },
    sql: `SELECT ${OWED} AND kind = 'sales' AND currency = 'EUR' AND julianday('2026-11-20') - julianday(due_date) > 90`,
  },
  {
    ask: 'Which contract payments are coming up before the end of the year?',
    tool: 'insights.upcomingPayments',
    arguments: { from: '2026-11-20', to: '2026-12-31' },
    number: { sum: '/amount', of: '/rows', where: { currency: 'EUR' } },
    sql: `SELECT sum(l.amount_cents) / 100.0 FROM schedule_lines l JOIN contracts k ON k.id = l.contract_id
          LEFT JOIN invoices i ON i.id = l.invoice_id
          WHERE k.organization_id = :organization AND k.status = 'active' AND k.currency = 'EUR'
          AND l.due_date BETWEEN '2026-11-20' AND '2026-12-31' AND coalesce(i.status, '') <> 'paid'`,
  },
  {
    ask: 'How much did we spend on hotels this year, by cost group?',
    tool: 'insights.spendByCostGroup',
    arguments: { since: '2026-01-01', until: '2026-11-20' },
    number: { sum: '/spent', of: '/rows', where: { currency: 'EUR', costGroup: 'Hotels' } },
    sql: `SELECT round(sum(t.amount_cents) / 100.0, 2) FROM transactions t JOIN cost_groups g ON g.id = t.cost_group_id
          WHERE t.organization_id = :organization AND t.direction = 'out' AND t.currency = 'EUR' AND g.name = 'Hotels'
          AND t.booked_on BETWEEN '2026-01-01' AND '2026-11-20'`,
  },
]
