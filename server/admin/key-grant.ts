import { randomUUID } from 'node:crypto'
import { noteOrganization } from '../access/note-organization.ts'
import type { ServiceLogin } from '../mcp/tool.ts'
import type { Services } from '../services.ts'
import type { People } from '../sign-in/assemble.ts'
import { toHeaders, type UpstreamCredential } from '../sign-in/credential.ts'
import { toGrantOwner, type Member, type MemberOrganization } from '../sign-in/members.ts'
import type { FormSignIn } from '../sign-in/sign-in.ts'
import type { Store } from '../store/store.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { AskSecrets } from './ask-secrets.ts'
import type { Deployment } from './deployment.ts'
import { Refusal } from './failures.ts'
import { checkActive } from './orgs.ts'
import { quote } from './output.ts'

/** What a key's own grant is made from. */
type KeyGrantRequest = {
  readonly email: string
  readonly organizationId: string
  readonly keyName: string
  readonly scopes: readonly string[]
}

/**
 * Signs in as somebody who may approve for the organization, and notes a grant without a client that
 * holds their sealed credential.
 *
 * @returns the grant's id
 * @throws {Refusal} where the sign-in or the role is not good, or the organization is not let in
 */
export async function addKeyGrant(
  deployment: Deployment,
  store: Store,
  { email, organizationId, keyName, scopes }: KeyGrantRequest,
): Promise<string> {
  const services = await deployment.openServices(store)
  if (services.people === null) throw new Refusal('nobody signs in to this connector')
  const { credential, member } = await signIn(services.people, email, deployment.askSecrets)
  const organization = checkApprover(member, organizationId, services.people.approvers)
  return addGrant(deployment, store, services, {
    keyName,
    scopes,
    credential,
    member,
    organization,
  })
}

/**
 * Notes a grant for a key of a connector that sends its operator's own credential: nobody signs in
 * for it, because whoever may run this command has that credential already.
 *
 * @returns the grant's id
 * @throws {Refusal} where the organization is not let in
 */
export async function addServiceKeyGrant(
  deployment: Deployment,
  store: Store,
  { organization: { id, name } }: ServiceLogin,
  { keyName, scopes }: Pick<KeyGrantRequest, 'keyName' | 'scopes'>,
): Promise<string> {
  const services = await deployment.openServices(store)
  const organization = { id, name, role: 'service', canApprove: true }
  const member = { id: 'service', email: 'service', name: 'Service', organizations: [organization] }
  const credential: UpstreamCredential = { kind: 'headers', headers: {} }
  return addGrant(deployment, store, services, {
    keyName,
    scopes,
    credential,
    member,
    organization,
  })
}

type KeyGrant = Pick<KeyGrantRequest, 'keyName' | 'scopes'> & {
  readonly credential: UpstreamCredential
  readonly member: Member
  readonly organization: MemberOrganization
}

async function addGrant(
  { config }: Deployment,
  store: Store,
  { credentials }: Services,
  { keyName, scopes, credential, member, organization }: KeyGrant,
): Promise<string> {
  checkActive(await noteOrganization(store.organizations, config.activation, organization))
  const id = randomUUID()
  await store.grants.add({
    id,
    realm: '',
    ...toGrantOwner(member, organization),
    clientId: null,
    clientName: `API key: ${keyName}`,
    redirectHost: null,
    scopes,
    credential: credentials.seal(id, JSON.stringify(credential)),
  })
  return id
}

type SignedIn = { readonly credential: UpstreamCredential; readonly member: Member }

async function signIn(
  { signIn, findMember }: People,
  email: string,
  askSecrets: AskSecrets,
): Promise<SignedIn> {
  if (signIn.kind === 'redirect') {
    const where = `people sign in at ${signIn.providerHost}, in a browser`
    throw new Refusal(`${where}: connect a client once, and use --grant with the id of that grant`)
  }
  const values = await askValues(signIn, email, askSecrets)
  const requestId = randomUUID()
  try {
    const credential = await signIn.submit(values, requestId)
    const member = credential && (await findMember(toHeaders(credential), requestId))
    if (credential === null || member === null) {
      const what = `the upstream refused the sign-in of ${quote(email)}`
      throw new Refusal(`${what}: check the address and what you typed`)
    }
    return { credential, member }
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    throw new Refusal(`the upstream could not check the sign-in: ${error.message}`, {
      cause: error,
    })
  }
}

async function askValues(
  { fields, accountField }: FormSignIn,
  email: string,
  askSecrets: AskSecrets,
): Promise<Readonly<Record<string, string>>> {
  const asked = fields.filter(({ name }) => name !== accountField)
  const given = await askSecrets(asked.map(({ label }) => label))
  const entries = asked.map(({ name }, index) => [name, given[index] ?? ''] as const)
  return { ...Object.fromEntries(entries), [accountField]: email }
}

function checkApprover(
  member: Member,
  organizationId: string,
  approvers: readonly string[],
): MemberOrganization {
  const mine = member.organizations.find(({ id }) => id === organizationId)
  const whom = quote(member.email)
  if (mine === undefined) {
    const what = `${whom} does not belong to organization ${quote(organizationId)}`
    const theirs = member.organizations.map((each) => quote(each.id)).join(', ')
    throw new Refusal(theirs === '' ? what : `${what}, but to ${theirs}`)
  }
  if (mine.canApprove) return mine
  const who = approvers.map(quote).join(' or ')
  throw new Refusal(`the role ${quote(mine.role)} of ${whom} may not approve a key: ${who} may`)
}
