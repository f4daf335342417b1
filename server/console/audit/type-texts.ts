import type { AuditType } from '../../audit/event.ts'

/** What happened, by the names that are on record, in words. */
const TEXTS: Readonly<Record<AuditType, string>> = {
  'mcp.request': 'Request of a client',
  'authentication.failed': 'Caller not recognized',
  'authorization.denied': 'Access denied',
  'sign-in.succeeded': 'Signed in',
  'sign-in.failed': 'Sign-in failed',
  'sign-out': 'Signed out',
  'consent.given': 'Connection allowed',
  'consent.refused': 'Connection refused',
  'token.issued': 'Access given to a client',
  'token.refreshed': 'Access renewed',
  'token.refused': 'Access refused',
  'token.reused': 'Used token came back',
  'token.revoked': 'Access given back',
  'grant.ended': 'Connection ended',
  'key.created': 'API key made',
  'key.revoked': 'API key revoked',
  'client.registered': 'Client registered itself',
  'client.created': 'Client registered',
  'client.changed': 'Client changed',
  'organization.added': 'Organization added',
  'organization.changed': 'Organization changed',
  'switch.changed': 'Tools switched on or off',
  'limit.changed': 'Rate limit changed',
  'tool-text.published': 'Tool text published',
  'tool-text.reverted': 'Tool text taken back',
  'signing-key.rotated': 'Signing key replaced',
  'audit.exported': 'Record exported',
  'audit.dropped': 'Events lost on the way to a sink',
  'audit.pruned': 'Old events removed',
}

/** All types with their texts, in the order of the catalogue. */
export const TYPE_CHOICES: readonly (readonly [type: string, text: string])[] =
  Object.entries(TEXTS)

const BY_NAME: ReadonlyMap<string, string> = new Map(TYPE_CHOICES)

/** Says what happened; a type that this version does not know stands for itself. */
export function toTypeText(type: string): string {
  return BY_NAME.get(type) ?? type
}
