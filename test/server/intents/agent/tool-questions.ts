import { OWED, type AgentQuestion } from './agent-question.ts'

const INVOICES = `FROM invoices WHERE organization_id = :organization`
const TRANSACTIONS = `FROM transactions WHERE organization_id = :organization`
const COUNTERPARTIES = `FROM counterparties WHERE organization_id = :organization`
const TOTAL = { at: '/pagination/total' }
const UNPAID = ['sent', 'partially_paid']

/** Questions that one read answers. The days in them are those of the demo's data: they are true on any day. */
export const TOOL_QUESTIONS: readonly AgentQuestion[] = [
  {
    ask: 'How many invoices are still drafts?',
    tool: 'invoices.list',
    arguments: { status: ['draft'], pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${INVOICES} AND status = 'draft'`,
  },
  {
    ask: 'How many sales invoices are overdue?',
    tool: 'invoices.list',
    arguments: { kind: 'sales', overdue: true, pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${INVOICES} AND kind = 'sales' AND status IN ('sent', 'partially_paid') AND due_date < '2026-11-20'`,
  },
  {
    ask: 'What do clients still owe us in dollars, over all open invoices?',
    tool: 'invoices.list',
    arguments: { kind: 'sales', status: UNPAID, currency: 'USD', pageSize: 100 },
    number: { sum: '/outstanding', of: '/data' },
    sql: `SELECT ${OWED} AND kind = 'sales' AND currency = 'USD'`,
  },
  {
    ask: 'How much do we have to pay for purchase invoices in złoty?',
    tool: 'invoices.list',
    arguments: { kind: 'purchase', status: UNPAID, currency: 'PLN', pageSize: 100 },
    number: { sum: '/outstanding', of: '/data' },
    sql: `SELECT ${OWED} AND kind = 'purchase' AND currency = 'PLN'`,
  },
  {
    ask: 'What is the total of our largest sales invoice in euros?',
    tool: 'invoices.list',
    arguments: { kind: 'sales', currency: 'EUR', sort: '-total', pageSize: 1 },
    number: { at: '/data/0/total' },
    sql: `SELECT max(total_cents) / 100.0 ${INVOICES} AND kind = 'sales' AND currency = 'EUR'`,
  },
  {
    ask: 'How many bills did we get in October 2026?',
    tool: 'invoices.list',
    arguments: { kind: 'purchase', issuedFrom: '2026-10-01', issuedTo: '2026-10-31', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${INVOICES} AND kind = 'purchase' AND issue_date BETWEEN '2026-10-01' AND '2026-10-31'`,
  },
  {
    ask: 'How many invoices over 1,000 are void?',
    tool: 'invoices.list',
    arguments: { status: ['void'], minTotal: 1_000, pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${INVOICES} AND status = 'void' AND total_cents >= 100000`,
  },
  {
    ask: 'What tax is on invoice inv_000072?',
    tool: 'invoices.get',
    arguments: { invoiceId: 'inv_000072' },
    number: { at: '/tax' },
    sql: `SELECT tax_cents / 100.0 ${INVOICES} AND id = 'inv_000072'`,
  },
  {
    ask: 'How many lines does invoice inv_000072 have?',
    tool: 'invoices.get',
    arguments: { invoiceId: 'inv_000072' },
    number: { count: '/lines' },
    sql: `SELECT count(*) FROM invoice_lines JOIN invoices i ON i.id = invoice_id
          WHERE i.organization_id = :organization AND i.id = 'inv_000072'`,
  },
  {
    ask: 'What payments have been made on invoice inv_000072 so far?',
    tool: 'invoices.get',
    arguments: { invoiceId: 'inv_000072' },
    number: { sum: '/amount', of: '/payments' },
    sql: `SELECT sum(p.amount_cents) / 100.0 FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE i.organization_id = :organization AND i.id = 'inv_000072'`,
  },
  {
    ask: 'Which bank transactions above 5,000 came in this month?',
    tool: 'transactions.list',
    arguments: { direction: 'in', bookedFrom: '2026-11-01', minAmount: 5_000, limit: 200 },
    number: { count: '/data' },
    sql: `SELECT count(*) ${TRANSACTIONS} AND direction = 'in' AND booked_on >= '2026-11-01' AND amount_cents >= 500000`,
  },
  {
    ask: 'What was our largest outgoing bank payment in the third quarter?',
    tool: 'transactions.list',
    arguments: {
      ...{ direction: 'out', bookedFrom: '2026-07-01', bookedTo: '2026-09-30' },
      ...{ sort: '-amount', limit: 1 },
    },
    number: { at: '/data/0/amount' },
    sql: `SELECT max(amount_cents) / 100.0 ${TRANSACTIONS} AND direction = 'out' AND booked_on BETWEEN '2026-07-01' AND '2026-09-30'`,
  },
  {
    ask: 'Which transactions of November have no matching invoice?',
    tool: 'transactions.list',
    arguments: { matched: false, bookedFrom: '2026-11-01', bookedTo: '2026-11-10', limit: 200 },
    number: { count: '/data' },
    sql: `SELECT count(*) ${TRANSACTIONS} AND invoice_id IS NULL AND booked_on BETWEEN '2026-11-01' AND '2026-11-10'`,
  },
  {
    ask: 'Which outgoing transactions did account ba_03 have in October?',
    tool: 'transactions.list',
    arguments: {
      ...{ bankAccountId: ['ba_03'], direction: 'out', limit: 200 },
      ...{ bookedFrom: '2026-10-01', bookedTo: '2026-10-31' },
    },
    number: { sum: '/amount', of: '/data' },
    sql: `SELECT round(sum(amount_cents) / 100.0, 2) ${TRANSACTIONS} AND bank_account_id = 'ba_03'
          AND direction = 'out' AND booked_on BETWEEN '2026-10-01' AND '2026-10-31'`,
  },
  {
    ask: 'How much cash do we have in euros on our open accounts?',
    tool: 'bankAccounts.list',
    arguments: { status: 'active', currency: 'EUR' },
    number: { sum: '/balance', of: '/data' },
    sql: `SELECT round((SELECT sum(opening_cents) FROM bank_accounts a WHERE a.organization_id = :organization
            AND a.status = 'active' AND a.currency = 'EUR') / 100.0
          + sum(CASE direction WHEN 'in' THEN t.amount_cents ELSE -t.amount_cents END) / 100.0, 2)
          FROM transactions t JOIN bank_accounts a ON a.id = t.bank_account_id
          WHERE t.organization_id = :organization AND a.status = 'active' AND a.currency = 'EUR'`,
  },
  {
    ask: 'How many bank accounts do we have?',
    tool: 'bankAccounts.list',
    arguments: {},
    number: { count: '/data' },
    sql: `SELECT count(*) FROM bank_accounts WHERE organization_id = :organization`,
  },
  {
    ask: 'What is the balance of bank account ba_04?',
    tool: 'bankAccounts.get',
    arguments: { bankAccountId: 'ba_04' },
    number: { at: '/balance' },
    sql: `SELECT round((opening_cents + (SELECT sum(CASE direction WHEN 'in' THEN amount_cents ELSE -amount_cents END)
            FROM transactions WHERE bank_account_id = a.id)) / 100.0, 2)
          FROM bank_accounts a WHERE organization_id = :organization AND id = 'ba_04'`,
  },
  {
    ask: 'How many clients do we have in Poland?',
    tool: 'counterparties.list',
    arguments: { role: ['client'], country: 'PL', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${COUNTERPARTIES} AND roles LIKE '%"client"%' AND country = 'PL'`,
  },
  {
    ask: 'How many contractors work for us?',
    tool: 'counterparties.list',
    arguments: { role: ['contractor'], pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${COUNTERPARTIES} AND roles LIKE '%"contractor"%'`,
  },
  {
    ask: 'What payment term in days has the counterparty Meridian Travel?',
    tool: 'counterparties.list',
    arguments: { q: 'Meridian Travel', pageSize: 1 },
    number: { at: '/data/0/paymentTermDays' },
    sql: `SELECT payment_term_days ${COUNTERPARTIES} AND name = 'Meridian Travel'`,
  },
  {
    ask: 'What is the outstanding balance of counterparty cp_0011?',
    tool: 'counterparties.get',
    arguments: { counterpartyId: 'cp_0011' },
    number: { at: '/outstandingBalance/receivable' },
    sql: `SELECT ${OWED} AND kind = 'sales' AND counterparty_id = 'cp_0011' AND currency = 'EUR'`,
  },
  {
    ask: 'How many contacts do we know at counterparty cp_0011?',
    tool: 'counterparties.get',
    arguments: { counterpartyId: 'cp_0011' },
    number: { count: '/contacts' },
    sql: `SELECT count(*) FROM contacts JOIN counterparties c ON c.id = counterparty_id
          WHERE c.organization_id = :organization AND c.id = 'cp_0011'`,
  },
  {
    ask: 'How many suppliers do we have in Norway?',
    tool: 'suppliers.list',
    arguments: { country: 'NO', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) ${COUNTERPARTIES} AND roles LIKE '%"supplier"%' AND country = 'NO'`,
  },
  {
    ask: 'Which vendor gives us the longest payment term?',
    tool: 'suppliers.list',
    arguments: { sort: '-paymentTermDays', pageSize: 1 },
    number: { at: '/data/0/paymentTermDays' },
    sql: `SELECT max(payment_term_days) ${COUNTERPARTIES} AND roles LIKE '%"supplier"%'`,
  },
  {
    ask: 'How many contracts are active?',
    tool: 'contracts.list',
    arguments: { status: 'active', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) FROM contracts WHERE organization_id = :organization AND status = 'active'`,
  },
  {
    ask: 'What is our most valuable contract worth?',
    tool: 'contracts.list',
    arguments: { sort: '-value', pageSize: 1 },
    number: { at: '/data/0/value' },
    sql: `SELECT max(value_cents) / 100.0 FROM contracts WHERE organization_id = :organization`,
  },
  {
    ask: 'What is the notice period of contract ctr_0002?',
    tool: 'contracts.get',
    arguments: { contractId: 'ctr_0002' },
    number: { at: '/noticePeriodDays' },
    sql: `SELECT notice_period_days FROM contracts WHERE organization_id = :organization AND id = 'ctr_0002'`,
  },
  {
    ask: 'What payments are still planned in the schedule of contract ctr_0002?',
    tool: 'contracts.paymentScheduleLines',
    arguments: { contractId: 'ctr_0002', status: 'planned', pageSize: 100 },
    number: { sum: '/amount', of: '/data' },
    sql: `SELECT sum(amount_cents) / 100.0 FROM schedule_lines l JOIN contracts c ON c.id = l.contract_id
          WHERE c.organization_id = :organization AND c.id = 'ctr_0002' AND l.invoice_id IS NULL`,
  },
  {
    ask: 'How many PDF documents are filed with invoices?',
    tool: 'attachments.list',
    arguments: { subjectType: 'invoice', contentType: 'application/pdf', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) FROM attachments WHERE organization_id = :organization AND subject_type = 'invoice'
          AND content_type = 'application/pdf'`,
  },
  {
    ask: 'How large is the file att_0150?',
    tool: 'attachments.get',
    arguments: { attachmentId: 'att_0150' },
    number: { at: '/size' },
    sql: `SELECT length(content) FROM attachments WHERE organization_id = :organization AND id = 'att_0150'`,
  },
  {
    ask: 'How many cost groups are there below People?',
    tool: 'costGroups.list',
    arguments: { parentId: 'cg_001', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) FROM cost_groups c JOIN cost_groups p ON p.id = c.parent_id
          WHERE c.organization_id = :organization AND p.name = 'People'`,
  },
  {
    ask: 'What is the reduced VAT rate in Germany?',
    tool: 'taxGroups.list',
    arguments: { country: 'DE', activeOn: '2026-11-20' },
    number: { sum: '/rate', of: '/data', where: { kind: 'reduced' } },
    sql: `SELECT rate FROM tax_groups WHERE organization_id = :organization AND country = 'DE' AND kind = 'reduced'`,
  },
  {
    ask: 'How many projects are running at the moment?',
    tool: 'projects.list',
    arguments: { status: 'active', pageSize: 1 },
    number: TOTAL,
    sql: `SELECT count(*) FROM projects WHERE organization_id = :organization AND status = 'active'`,
  },
  {
    ask: 'What is the budget of the project Warehouse migration?',
    tool: 'projects.list',
    arguments: { q: 'Warehouse migration', sort: 'code', pageSize: 1 },
    number: { at: '/data/0/budget' },
    sql: `SELECT budget_cents / 100.0 FROM projects WHERE organization_id = :organization AND name = 'Warehouse migration'`,
  },
]
