import { sha256 } from '../../hash.ts'
import { redirectHostOf } from '../../known-clients.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import { toGrantOwner, type Member, type MemberOrganization } from '../../sign-in/members.ts'
import { recordStep } from './record-step.ts'
import type { InteractionServices } from './services.ts'
import { finish, redirectUriOf, type Visit } from './visit.ts'

/** What a member has decided. */
export type Decision = {
  readonly credential: UpstreamCredential
  readonly member: Member
  /** One in which the member may approve. */
  readonly organization: MemberOrganization
  /** What the client asked for. */
  readonly asked: readonly string[]
  /** What it gets: at least one of these. */
  readonly scopes: readonly string[]
}

/**
 * Makes the grant, and sends the browser back to the client with a code. A form that is sent twice
 * at once makes one grant: its id follows from the interaction.
 */
export async function approve(
  visit: Visit,
  services: InteractionServices,
  { credential, member, organization, asked, scopes }: Decision,
): Promise<void> {
  const { store, credentials, log } = services
  const { ctx, provider, client, interaction } = visit
  const { realm, requestId } = ctx.state
  const accountId = member.id
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  grant.jti = sha256(`grant:${interaction.uid}`)
  const refused = asked.filter((scope) => !scopes.includes(scope))
  for (const resource of resourcesOf(visit)) {
    grant.addResourceScope(resource, scopes.join(' '))
    // Otherwise the library would ask for what was refused, for ever.
    if (refused.length > 0) grant.rejectResourceScope(resource, refused.join(' '))
  }
  const grantId = await grant.save()
  const isNew = await store.grants.add({
    id: grantId,
    realm: realm.label,
    ...toGrantOwner(member, organization),
    clientId: client.clientId,
    clientName: client.clientName ?? client.clientId,
    redirectHost: redirectHostOf(redirectUriOf(visit)),
    scopes,
    credential: credentials.seal(grantId, JSON.stringify(credential)),
  })
  log.info({
    event: 'consent_given',
    requestId,
    grant: grantId,
    member: member.id,
    organization: organization.id,
    client: client.clientId,
    scopes,
  })
  if (isNew) {
    recordStep(visit, services, {
      type: 'consent.given',
      outcome: 'success',
      organization: organization.id,
      member: member.id,
      subject: `grant:${grantId}`,
    })
  }
  await finish(visit, { login: { accountId, remember: false }, consent: { grantId } })
}

/** As the client spelled them: the library compares them as texts. */
function resourcesOf({ ctx, interaction }: Visit): readonly string[] {
  const { resource } = interaction.params
  const asked = [resource].flat().filter((each) => typeof each === 'string')
  return asked.length > 0 ? asked : [ctx.state.realm.resource]
}
