import type { AuditType } from '../event.ts'

/** The classes of OCSF that our events are of. */
export type OcsfClass = 'API Activity' | 'Authentication' | 'Entity Management'

/** What an event is, in the schema's words. */
export type OcsfActivity = {
  readonly className: OcsfClass
  /** 99 is an activity that the schema does not list: only `activityName` tells which. */
  readonly activityId: number
  readonly activityName: string
}

const READ = api(2, 'Read')
const LOGON = authentication(1, 'Logon')
const LOGOFF = authentication(2, 'Logoff')
const CREATE = entity(1, 'Create')
const UPDATE = entity(3, 'Update')
const DELETE = entity(4, 'Delete')

const ACTIVITIES: Readonly<Record<AuditType, OcsfActivity>> = {
  'mcp.request': READ,
  'authentication.failed': LOGON,
  'authorization.denied': READ,
  'sign-in.succeeded': LOGON,
  'sign-in.failed': LOGON,
  'sign-out': LOGOFF,
  // A consent makes a grant.
  'consent.given': CREATE,
  'consent.refused': CREATE,
  // The schema's tickets are those of Kerberos.
  'token.issued': authentication(99, 'Token Issue'),
  'token.refreshed': authentication(99, 'Token Refresh'),
  'token.refused': authentication(99, 'Token Request'),
  'token.reused': authentication(99, 'Token Reuse'),
  'token.revoked': LOGOFF,
  'grant.ended': DELETE,
  'key.created': CREATE,
  'key.revoked': DELETE,
  'client.registered': CREATE,
  'client.created': CREATE,
  'client.changed': UPDATE,
  'organization.added': CREATE,
  'organization.changed': UPDATE,
  'switch.changed': UPDATE,
  'limit.changed': UPDATE,
  'tool-text.published': UPDATE,
  'tool-text.reverted': UPDATE,
  'signing-key.rotated': UPDATE,
  'audit.exported': READ,
  'audit.dropped': DELETE,
  'audit.pruned': DELETE,
}

/** Finds class and activity of a type. */
export function classify(type: AuditType): OcsfActivity {
  return ACTIVITIES[type]
}

function api(activityId: number, activityName: string): OcsfActivity {
  return { className: 'API Activity', activityId, activityName }
}

function authentication(activityId: number, activityName: string): OcsfActivity {
  return { className: 'Authentication', activityId, activityName }
}

function entity(activityId: number, activityName: string): OcsfActivity {
  return { className: 'Entity Management', activityId, activityName }
}
