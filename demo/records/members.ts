import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { text } from '../database/row.ts'
import type { Row } from '../database/row.ts'

const role = z.enum(['owner', 'admin', 'accountant', 'member'])

/** What a member may do in an organization. */
export type Role = z.infer<typeof role>

/** A person, as the API shows them. */
export type Member = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly locale: string
}

/** An organization, as one of its members sees it. */
export type Organization = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly plan: string
  readonly baseCurrency: string
  readonly timeZone: string
}

/** Finds a member by id. */
export function findMemberById(database: DatabaseSync, id: string): Member | null {
  const row = database.prepare('SELECT * FROM members WHERE id = ?').get(id)
  return row === undefined ? null : toMember(row)
}

/** Finds a member by email address; case does not matter. */
export function findMemberByEmail(database: DatabaseSync, email: string): Member | null {
  const row = database.prepare('SELECT * FROM members WHERE email = lower(?)').get(email)
  return row === undefined ? null : toMember(row)
}

/** The hash of a member's password; `null` for an unknown member. */
export function findPasswordHash(database: DatabaseSync, email: string): string | null {
  const row = database
    .prepare('SELECT password_hash FROM members WHERE email = lower(?)')
    .get(email)
  return row === undefined ? null : text(row, 'password_hash')
}

/** Lists the organizations of a member, by name. */
export function listOrganizations(database: DatabaseSync, memberId: string): Organization[] {
  const rows = database
    .prepare(
      `SELECT o.*, m.role FROM memberships m JOIN organizations o ON o.id = m.organization_id
       WHERE m.member_id = ? ORDER BY fold(o.name), o.id`,
    )
    .all(memberId)
  return rows.map(toOrganization)
}

function toMember(row: Row): Member {
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    name: text(row, 'name'),
    locale: text(row, 'locale'),
  }
}

function toOrganization(row: Row): Organization {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    role: role.parse(text(row, 'role')),
    plan: text(row, 'plan'),
    baseCurrency: text(row, 'base_currency'),
    timeZone: text(row, 'time_zone'),
  }
}
