import type { DatabaseSync } from 'node:sqlite'
import { condition, every } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { number, text, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'

/** Lists an organization's tax rates by country and rate; conditions use the alias `t`. */
export function listTaxGroups(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
): object[] {
  const where = every([condition('t.organization_id = ?', organizationId), ...conditions])
  return database
    .prepare(`SELECT * FROM tax_groups t WHERE ${where.sql} ORDER BY t.country, t.rate DESC, t.id`)
    .all(...where.values)
    .map(toTaxGroup)
}

function toTaxGroup(row: Row): object {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    country: text(row, 'country'),
    kind: text(row, 'kind'),
    rate: number(row, 'rate'),
    validFrom: text(row, 'valid_from'),
    validTo: textOrNull(row, 'valid_to'),
  }
}
