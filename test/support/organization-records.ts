import type { DatabaseSync } from 'node:sqlite'

/** What tells one organization's records from the other's, read from the demo's own data. */
export type OrganizationRecords = {
  /** Identifiers by their prefix, for example `inv_`. */
  readonly ids: ReadonlyMap<string, readonly string[]>
  /** Names, numbers, titles and addresses that no record of another organization has. */
  readonly texts: readonly string[]
  /** Whether an answer's JSON text holds any of them; the first one found, or `null`. */
  readonly findIn: (json: string) => string | null
}

/** Tables with the way to their organization. */
const TABLES: readonly (readonly [from: string, organization: string])[] = [
  ['bank_accounts t', 't.organization_id'],
  ['counterparties t', 't.organization_id'],
  ['contacts t JOIN counterparties p ON p.id = t.counterparty_id', 'p.organization_id'],
  ['projects t', 't.organization_id'],
  ['contracts t', 't.organization_id'],
  ['schedule_lines t JOIN contracts p ON p.id = t.contract_id', 'p.organization_id'],
  ['invoices t', 't.organization_id'],
  ['payments t JOIN invoices p ON p.id = t.invoice_id', 'p.organization_id'],
  ['transactions t', 't.organization_id'],
  ['attachments t', 't.organization_id'],
  ['cost_groups t', 't.organization_id'],
  ['tax_groups t', 't.organization_id'],
  ['organizations t', 't.id'],
]

const TEXT_COLUMNS = [
  'number',
  'name',
  'legal_name',
  'title',
  'file_name',
  'iban',
  'tax_id',
  'email',
]

/** Reads what only the one organization has, and not the other. */
export function readOrganizationRecords(
  database: DatabaseSync,
  organization: string,
  other: string,
): OrganizationRecords {
  const own = read(database, organization)
  const foreign = read(database, other)
  const texts = own.texts.difference(foreign.texts)
  const ids = own.ids.difference(foreign.ids)
  return {
    ids: Map.groupBy(ids, (id) => id.replace(/\d+$/, '')),
    texts: [...texts],
    findIn(json) {
      const found = json.match(/\b[a-z]{2,3}_\d+\b/g)?.find((id) => ids.has(id))
      return found ?? stringsOf(JSON.parse(json)).find((text) => isAny(text, texts)) ?? null
    },
  }
}

function read(database: DatabaseSync, organization: string) {
  const ids = new Set<string>()
  const texts = new Set<string>()
  for (const [from, owner] of TABLES) {
    const rows = database.prepare(`SELECT t.* FROM ${from} WHERE ${owner} = ?`).all(organization)
    for (const row of rows) {
      const id = row['id']
      if (typeof id === 'string' && /_\d+$/.test(id)) ids.add(id)
      for (const value of TEXT_COLUMNS.map((column) => row[column])) {
        if (typeof value === 'string') texts.add(value)
      }
    }
  }
  return { ids, texts }
}

/** A value as a whole, or one of its words: numbers and addresses also stand inside sentences. */
function isAny(text: string, texts: ReadonlySet<string>): boolean {
  return texts.has(text) || text.split(/[\s,;()]+/).some((word) => texts.has(word))
}

/** Every string of a JSON value, and of the JSON that strings hold. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return /^[{[]/.test(value) ? [value, ...stringsOf(parseIfJson(value))] : [value]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsOf)
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
