import { CONSOLE } from './addresses.ts'
import type { Answer } from './answer.ts'
import type { OrganizationVisit, Visit } from './visit.ts'

/** The rooms of the console, in the order of its navigation. */
export const ROOMS = [
  ['overview', 'Overview', '/console'],
  ['tools', 'Tools', '/console/tools'],
  ['clients', 'Clients', '/console/clients'],
  ['keys', 'API keys', '/console/keys'],
  ['connections', 'Connections', '/console/connections'],
  ['audit', 'Audit', '/console/audit'],
  ['settings', 'Settings', '/console/settings'],
] as const

/** The room of every member's own. */
export const ACCOUNT = ['account', 'My connections', CONSOLE.account] as const

/** A room of the console. */
export type Room = (typeof ROOMS)[number][0] | (typeof ACCOUNT)[0]

type Address = {
  readonly method: 'GET' | 'POST'
  /** As the router takes it, for example `/console/keys/:id/revoke`. */
  readonly path: string
  readonly room: Room
}

/** One address of the console, and what answers there. */
export type ConsoleRoute =
  | (Address & {
      /** Owners and admins of an organization. */
      readonly audience: 'approver'
      readonly handle: (visit: OrganizationVisit) => Promise<Answer>
    })
  | (Address & {
      /** Everybody who can sign in. */
      readonly audience: 'member'
      readonly handle: (visit: Visit) => Promise<Answer>
    })

/** An address of everybody who can sign in. */
export function forMembers(
  method: Address['method'],
  path: string,
  room: Room,
  handle: (visit: Visit) => Promise<Answer>,
): ConsoleRoute {
  return { method, path, room, audience: 'member', handle }
}

/** An address of owners and admins of an organization. */
export function forApprovers(
  method: Address['method'],
  path: string,
  room: Room,
  handle: (visit: OrganizationVisit) => Promise<Answer>,
): ConsoleRoute {
  return { method, path, room, audience: 'approver', handle }
}
