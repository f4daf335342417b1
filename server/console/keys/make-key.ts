import { randomUUID } from 'node:crypto'
import { createApiKey } from '../../access/api-keys.ts'
import { toQuotedName } from '../../pages/display-text.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import { toGrantOwner } from '../../sign-in/members.ts'
import type { Answer } from '../answer.ts'
import type { Pending } from '../pending.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { OrganizationVisit } from '../visit.ts'

const KEYS = '/console/keys'

/**
 * Makes an API key that acts as the member who asked for it, with a grant and a credential of its own:
 * the session's may be renewed meanwhile, and the upstream takes each once.
 */
export async function makeKey(
  { connector, store, grantCredentials }: ConsoleServices,
  { ctx, member, organization, organizations, record }: OrganizationVisit,
  wish: Extract<Pending, { readonly kind: 'create-key' }>,
  credential: UpstreamCredential,
): Promise<Answer> {
  // They may look at another organization by now, in another window.
  if (wish.organizationId !== organization.id) {
    return { kind: 'problem', status: 409, text: notHere('request'), action: TO_KEYS }
  }
  const grantId = randomUUID()
  await store.grants.add({
    id: grantId,
    realm: ctx.state.realm.label,
    ...toGrantOwner({ ...member, organizations }, organization),
    clientId: null,
    clientName: `API key: ${wish.name}`,
    redirectHost: null,
    scopes: wish.scopes,
    credential: grantCredentials.seal(grantId, JSON.stringify(credential)),
  })
  const { key, prefix, hash } = createApiKey(connector.name)
  const id = randomUUID()
  const { name, scopes, expiresAt } = wish
  try {
    await store.apiKeys.add({ id, prefix, name, grantId, scopes, expiresAt, hash })
  } catch (error) {
    // A credential that no key uses has no reason to be kept.
    await store.grants.end(grantId, 'revoked')
    throw error
  }
  record({ type: 'consent.given', outcome: 'success', subject: `grant:${grantId}` })
  record({ type: 'key.created', outcome: 'success', subject: `key:${id}` })
  return {
    kind: 'go',
    to: KEYS,
    notice: `The API key ${toQuotedName(name)} was made.`,
    secrets: [{ label: `API key ${toQuotedName(name)}`, value: key }],
  }
}

const TO_KEYS = { href: KEYS, label: 'API keys' }
