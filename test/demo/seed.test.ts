import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { number, text } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'

/** Rules of the data, as queries that must find nothing. */
const RULES = [
  [
    'an invoice’s amounts are the sums of its lines',
    `SELECT i.id FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id GROUP BY i.id HAVING i.net_cents <> sum(l.net_cents) OR i.tax_cents <> sum(l.tax_cents) OR i.total_cents <> i.net_cents + i.tax_cents`,
  ],
  [
    'every invoice has lines',
    `SELECT id FROM invoices WHERE id NOT IN (SELECT invoice_id FROM invoice_lines)`,
  ],
  [
    'a line’s net is quantity times price, and its tax follows its rate',
    `SELECT invoice_id FROM invoice_lines WHERE net_cents <> round(quantity * unit_price_cents) OR tax_cents <> round(net_cents * tax_rate / 100)`,
  ],
  [
    'a line’s rate is that of its tax group',
    `SELECT l.invoice_id FROM invoice_lines l JOIN tax_groups t ON t.id = l.tax_group_id WHERE l.tax_rate <> t.rate`,
  ],
  [
    'what was paid is the sum of the payments',
    `SELECT i.id FROM invoices i LEFT JOIN payments p ON p.invoice_id = i.id GROUP BY i.id HAVING i.paid_cents <> coalesce(sum(p.amount_cents), 0)`,
  ],
  [
    'a paid invoice is paid in full, and by payments',
    `SELECT id FROM invoices WHERE status = 'paid' AND (paid_cents <> total_cents OR id NOT IN (SELECT invoice_id FROM payments))`,
  ],
  [
    'a partially paid invoice is paid in part',
    `SELECT id FROM invoices WHERE status = 'partially_paid' AND (paid_cents <= 0 OR paid_cents >= total_cents)`,
  ],
  [
    'drafts, sent and void invoices have no payments',
    `SELECT id FROM invoices WHERE status IN ('draft', 'sent', 'void') AND paid_cents <> 0`,
  ],
  [
    'payments come after the issue and not after today',
    `SELECT p.id FROM payments p JOIN invoices i ON i.id = p.invoice_id WHERE p.paid_on < i.issue_date OR p.paid_on > '2026-11-20'`,
  ],
  [
    'no invoice is issued after today, or due before its issue',
    `SELECT id FROM invoices WHERE issue_date > '2026-11-20' OR due_date < issue_date`,
  ],
  [
    'a payment’s transaction shows the same money and invoice',
    `SELECT p.id FROM payments p JOIN transactions t ON t.id = p.transaction_id WHERE t.amount_cents <> p.amount_cents OR t.invoice_id IS NOT p.invoice_id OR t.booked_on <> p.paid_on`,
  ],
  [
    'a matched transaction proves exactly one payment',
    `SELECT t.id FROM transactions t WHERE t.invoice_id IS NOT NULL AND (SELECT count(*) FROM payments p WHERE p.transaction_id = t.id) <> 1`,
  ],
  [
    'a matched transaction names the invoice’s counterparty',
    `SELECT t.id FROM transactions t JOIN invoices i ON i.id = t.invoice_id WHERE t.counterparty_id <> i.counterparty_id OR t.currency <> i.currency`,
  ],
  [
    'sales bring money in, purchases cost',
    `SELECT t.id FROM transactions t JOIN invoices i ON i.id = t.invoice_id WHERE (i.kind = 'sales') <> (t.direction = 'in')`,
  ],
  [
    'a transaction is in the currency of its account',
    `SELECT t.id FROM transactions t JOIN bank_accounts b ON b.id = t.bank_account_id WHERE t.currency <> b.currency`,
  ],
  [
    'a closed account has been quiet',
    `SELECT t.id FROM transactions t JOIN bank_accounts b ON b.id = t.bank_account_id WHERE b.status = 'closed' AND t.booked_on > '2025-06-30'`,
  ],
  [
    'an invoice is in the currency of its counterparty',
    `SELECT i.id FROM invoices i JOIN counterparties c ON c.id = i.counterparty_id WHERE i.currency <> c.currency`,
  ],
  [
    'a contract’s value is the sum of its schedule',
    `SELECT k.id FROM contracts k JOIN schedule_lines l ON l.contract_id = k.id GROUP BY k.id HAVING k.value_cents <> sum(l.amount_cents)`,
  ],
  [
    'every contract has a schedule',
    `SELECT id FROM contracts WHERE id NOT IN (SELECT contract_id FROM schedule_lines)`,
  ],
  [
    'an instalment’s invoice bills that amount to that counterparty',
    `SELECT l.id FROM schedule_lines l JOIN invoices i ON i.id = l.invoice_id JOIN contracts k ON k.id = l.contract_id WHERE i.net_cents <> l.amount_cents OR i.counterparty_id <> k.counterparty_id OR i.due_date <> l.due_date`,
  ],
  [
    'every instalment that is due was billed',
    `SELECT l.id FROM schedule_lines l JOIN contracts k ON k.id = l.contract_id WHERE k.status <> 'draft' AND l.due_date < '2026-11-20' AND l.invoice_id IS NULL`,
  ],
  [
    'no draft contract was billed',
    `SELECT l.id FROM schedule_lines l JOIN contracts k ON k.id = l.contract_id WHERE k.status = 'draft' AND l.invoice_id IS NOT NULL`,
  ],
  [
    'a contract’s state fits its dates',
    `SELECT id FROM contracts WHERE (status = 'expired') <> (status NOT IN ('draft', 'terminated') AND end_date IS NOT NULL AND end_date < '2026-11-20')`,
  ],
  [
    'a cost group is one deeper than its parent',
    `SELECT g.id FROM cost_groups g LEFT JOIN cost_groups p ON p.id = g.parent_id WHERE g.depth <> coalesce(p.depth + 1, 0)`,
  ],
  [
    'a default account is active, and the only one of its currency',
    `SELECT 1 FROM bank_accounts WHERE is_default = 1 GROUP BY organization_id, currency HAVING count(*) > 1 OR min(status) <> 'active'`,
  ],
] as const

/** References between records, which never leave an organization. */
const REFERENCES = [
  ['invoices', 'counterparty_id', 'counterparties'],
  ['invoices', 'project_id', 'projects'],
  ['transactions', 'bank_account_id', 'bank_accounts'],
  ['transactions', 'counterparty_id', 'counterparties'],
  ['transactions', 'cost_group_id', 'cost_groups'],
  ['transactions', 'project_id', 'projects'],
  ['transactions', 'invoice_id', 'invoices'],
  ['contracts', 'counterparty_id', 'counterparties'],
  ['contracts', 'project_id', 'projects'],
  ['projects', 'client_id', 'counterparties'],
  ['counterparties', 'cost_group_id', 'cost_groups'],
  ['cost_groups', 'parent_id', 'cost_groups'],
] as const

describe('the seeded data', () => {
  let demo: Demo

  beforeAll(async () => {
    demo = await startDemo()
  })

  afterAll(() => demo.close())

  function count(table: string, condition = '1'): number {
    const row = demo.database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${condition}`).get()
    return number(row ?? {}, 'n')
  }

  it('has 600 invoices and 5,000 transactions, plenty in each organization', () => {
    expect([count('invoices'), count('transactions')]).toEqual([600, 5_000])
    for (const organization of ['acme', 'globex']) {
      const own = `organization_id = '${organization}'`
      expect(count('invoices', own)).toBeGreaterThan(200)
      expect(count('transactions', own)).toBeGreaterThan(1_500)
    }
  })

  it.each(RULES)('%s', (_rule, violations) => {
    expect(demo.database.prepare(violations).all()).toEqual([])
  })

  it.each(REFERENCES)('%s.%s stays within the organization', (table, column, target) => {
    const strays = demo.database
      .prepare(
        `SELECT a.id FROM ${table} a JOIN ${target} b ON b.id = a.${column}
         WHERE a.organization_id <> b.organization_id`,
      )
      .all()

    expect(strays).toEqual([])
  })

  it.each([
    ['invoices', 'status', ['draft', 'paid', 'partially_paid', 'sent', 'void']],
    ['contracts', 'status', ['active', 'draft', 'expired', 'terminated']],
    ['projects', 'billing_type', ['fixed_price', 'non_billable', 'retainer', 'time_and_materials']],
    ['attachments', 'content_type', ['application/pdf', 'image/png', 'text/csv']],
  ])('%s has every %s', (table, column, values) => {
    const rows = demo.database
      .prepare(`SELECT DISTINCT ${column} AS value FROM ${table} WHERE organization_id = 'acme'`)
      .all()

    expect(rows.map((row) => text(row, 'value')).toSorted()).toEqual(values)
  })

  it.each(['<b>', "'", '"', 'Ł', '株', '🚀', '\\'])('has a name with %s in it', (piece) => {
    expect(
      count('counterparties', `instr(name, '${piece.replace("'", "''")}') > 0`),
    ).toBeGreaterThan(0)
  })

  it('files real documents with the size and checksum they claim', () => {
    const rows = demo.database
      .prepare('SELECT content_type, size, sha256, content FROM attachments')
      .all()

    for (const row of rows) {
      const { content } = row
      if (!(content instanceof Uint8Array)) throw new Error('no bytes')
      expect(content.length).toBe(number(row, 'size'))
      expect(createHash('sha256').update(content).digest('hex')).toBe(text(row, 'sha256'))
      expect(isWellFormed(Buffer.from(content), text(row, 'content_type'))).toBe(true)
    }
  })

  it('names a subject for every document', () => {
    const subjects = [
      ['invoice', 'invoices'],
      ['transaction', 'transactions'],
      ['contract', 'contracts'],
    ] as const
    const strays = subjects.flatMap(([type, table]) =>
      demo.database
        .prepare(
          `SELECT a.id FROM attachments a LEFT JOIN ${table} s
           ON s.id = a.subject_id AND s.organization_id = a.organization_id
           WHERE a.subject_type = ? AND s.id IS NULL`,
        )
        .all(type),
    )

    expect(strays).toEqual([])
  })
})

function isWellFormed(content: Buffer, contentType: string): boolean {
  if (contentType === 'application/pdf') return isPdf(content)
  if (contentType === 'image/png') return isPng(content)
  return content.toString('utf8').startsWith('"position","description","quantity","net"\r\n')
}

/** The trailer points to the table, and the table to the objects. */
function isPdf(content: Buffer): boolean {
  const file = content.toString('latin1')
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1])
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n /gm)]
  const pointsToObjects = offsets.every(([, offset], index) =>
    file.slice(Number(offset)).startsWith(`${index + 1} 0 obj`),
  )
  return file.startsWith('%PDF-1.4') && file.slice(start).startsWith('xref') && pointsToObjects
}

/** The pixels inflate to one filter byte and 16 pixels of three bytes per row. */
function isPng(content: Buffer): boolean {
  const start = content.indexOf('IDAT') + 4
  const length = content.readUInt32BE(start - 8)
  return inflateSync(content.subarray(start, start + length)).length === 16 * (1 + 16 * 3)
}
