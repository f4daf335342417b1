import { randomUUID } from 'node:crypto'
import type { Store } from '../../server/store/store.ts'
import { REDIRECT_URI, type TestClient } from './oauth-client.ts'

/** Stores a client without a secret, as somebody registers one. */
export async function addRegisteredClient(
  { clients }: Pick<Store, 'clients'>,
  /** The only one that it may connect; `null` for any. */
  organizationId: string | null,
): Promise<TestClient> {
  const id = randomUUID()
  const metadata = {
    ...{ client_id: id, client_name: 'Reports', redirect_uris: [REDIRECT_URI] },
    token_endpoint_auth_method: 'none',
  }
  await clients.put({
    ...{ realm: '', id, organizationId, kind: 'registered', type: 'other', name: 'Reports' },
    metadata: JSON.stringify(metadata),
  })
  return { client_id: id, redirect_uri: REDIRECT_URI }
}
