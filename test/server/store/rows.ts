import { randomUUID } from 'node:crypto'
import type { NewApiKey } from '../../../server/store/api-keys.ts'
import type { NewClient } from '../../../server/store/clients.ts'
import type { NewGrant } from '../../../server/store/grants.ts'
import type { ModelKey, NewModelRow } from '../../../server/store/models.ts'

/** A record of its own; what a test is about is given. */
export function newModel(row: Partial<NewModelRow> = {}): NewModelRow {
  return {
    realm: '',
    model: 'RefreshToken',
    id: randomUUID(),
    payload: '{"kind":"RefreshToken"}',
    grantId: null,
    uid: null,
    expiresAt: null,
    ...row,
  }
}

/** Where a record is. */
export function keyOf({ realm, model, id }: ModelKey): ModelKey {
  return { realm, model, id }
}

/** A grant of its own; its organization must exist. */
export function newGrant(grant: Partial<NewGrant> = {}): NewGrant {
  return {
    id: randomUUID(),
    realm: '',
    memberId: 'm1',
    memberEmail: 'owner@acme.example',
    memberName: 'Olga',
    organizationId: 'acme',
    organizationName: 'Acme',
    role: 'owner',
    clientId: 'client-1',
    clientName: 'Claude',
    redirectHost: 'claude.ai',
    scopes: ['invoices:read'],
    credential: 'sealed-1',
    ...grant,
  }
}

/** A key of its own. */
export function newApiKey(key: Partial<NewApiKey> & { readonly grantId: string }): NewApiKey {
  return {
    id: randomUUID(),
    hash: randomUUID(),
    prefix: 'slk_abcd',
    name: 'Nightly report',
    scopes: ['invoices:read'],
    expiresAt: null,
    ...key,
  }
}

/** A client of its own. */
export function newClient(client: Partial<NewClient> = {}): NewClient {
  return {
    realm: '',
    id: randomUUID(),
    organizationId: null,
    kind: 'dynamic',
    type: 'claude',
    name: 'Claude',
    metadata: '{}',
    ...client,
  }
}
