import { noteOrganization } from '../../access/note-organization.ts'
import type { AuditFact } from '../../audit/event.ts'
import { findServedOrganizations } from '../../access/served-organizations.ts'
import { isLoopbackHost } from '../../loopback.ts'
import { redirectHostOf } from '../../known-clients.ts'
import { sendPage } from '../../pages/send-page.ts'
import * as texts from '../../pages/texts.ts'
import type { OrganizationChoice, ProblemText } from '../../pages/views.ts'
import { toHeaders, type UpstreamCredential } from '../../sign-in/credential.ts'
import type { Member, MemberOrganization } from '../../sign-in/members.ts'
import type { Client } from '../../store/clients.ts'
import type { OrganizationStatus } from '../../store/organizations.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import { approve } from './approve.ts'
import { recordStep } from './record-step.ts'
import type { InteractionServices } from './services.ts'
import { showSignIn } from './sign-in-step.ts'
import { advance, finish, redirectUriOf, type Visit } from './visit.ts'

/** What the upstream says at this moment about who decides, and over what. */
type Offer = {
  readonly credential: UpstreamCredential
  readonly member: Member
  /** As it is registered; `null` where it publishes a document of its own. */
  readonly client: Client | null
  /** The member's organizations that this address serves and the client may connect. */
  readonly organizations: readonly MemberOrganization[]
  /** Names of the scopes that the client asks for. */
  readonly asked: readonly string[]
}

/** Shows the consent page, or why there is nothing to consent to. */
export async function showConsent(
  visit: Visit,
  services: InteractionServices,
  credential: UpstreamCredential,
): Promise<void> {
  const offer = await prepare(visit, services, credential)
  if (offer !== null) render(visit, services, offer)
}

/** Takes the decision: everything that it depends on is asked for again. */
export async function takeConsent(
  visit: Visit,
  services: InteractionServices,
  credential: UpstreamCredential,
  form: URLSearchParams,
): Promise<void> {
  const offer = await prepare(visit, services, credential)
  if (offer === null) return
  const organization = offer.organizations.find(({ id }) => id === form.get('organization'))
  const scopes = offer.asked.filter((scope) => form.getAll('scope').includes(scope))
  if (organization?.canApprove !== true) {
    return render(visit, services, offer, { form, problem: texts.chooseOrganization() })
  }
  if (scopes.length === 0) {
    return render(visit, services, offer, { form, problem: texts.chooseScope() })
  }
  const { store, activation } = services
  const { status } = await noteOrganization(store.organizations, activation, organization)
  if (status !== 'active') {
    recordDenied(visit, services, {
      organization: organization.id,
      member: offer.member.id,
      reason: status === 'pending' ? 'activation_pending' : 'mcp_disabled',
    })
    return showWithCancel(visit, services, 403, textFor(status, organization.name))
  }
  const { member, asked } = offer
  await approve(visit, services, { credential, member, organization, asked, scopes })
}

/** @returns `null` once a page has said why it goes no further */
async function prepare(
  visit: Visit,
  services: InteractionServices,
  credential: UpstreamCredential,
): Promise<Offer | null> {
  const { ctx, interaction } = visit
  const member = await ask(visit, services, credential)
  if (member === null) return null
  const { store, approverRoles } = services
  const { realm } = ctx.state
  const served = await findServedOrganizations(store.organizations, realm, member.organizations)
  const client = await store.clients.find(realm.label, visit.client.clientId)
  const organizations = served.filter(({ id }) => (client?.organizationId ?? id) === id)
  const { email } = member
  if (served.length > 0 && organizations.length === 0) {
    recordDenied(visit, services, { member: member.id, reason: 'client_of_other_organization' })
    showWithCancel(visit, services, 403, texts.clientOfOthers({ email }))
    return null
  }
  if (organizations.length === 0) {
    recordDenied(visit, services, { member: member.id, reason: 'no_organization' })
    showWithCancel(visit, services, 403, texts.noOrganization({ email }))
    return null
  }
  if (!organizations.some(({ canApprove }) => canApprove)) {
    const text = texts.notApprover({ email, organizations, approverRoles })
    showWithCancel(visit, services, 403, text)
    recordDenied(visit, services, { member: member.id, reason: 'not_an_approver' })
    services.log.info({
      event: 'not_an_approver',
      requestId: ctx.state.requestId,
      member: member.id,
    })
    return null
  }
  const { scope } = interaction.params
  const requested = typeof scope === 'string' ? scope.split(' ') : []
  const asked = services.scopes.map(({ name }) => name).filter((name) => requested.includes(name))
  return { credential, member, client, organizations, asked }
}

/** Who is deciding, in the upstream's words of this moment. */
async function ask(
  visit: Visit,
  services: InteractionServices,
  credential: UpstreamCredential,
): Promise<Member | null> {
  const { requestId } = visit.ctx.state
  try {
    const member = await services.findMember(toHeaders(credential), requestId)
    if (member === null) {
      const failed = { type: 'sign-in.failed', outcome: 'failure' } as const
      recordStep(visit, services, { ...failed, reason: 'credential_refused' })
      showSignIn(visit, services, { status: 422, problem: texts.wrongCredentials() })
    }
    return member
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    services.log.warn({ event: 'member_unavailable', requestId, reason: error.message })
    showWithCancel(visit, services, 502, texts.upstreamDown())
    return null
  }
}

function render(
  visit: Visit,
  services: InteractionServices,
  { member, client, organizations, asked }: Offer,
  last: { readonly form: URLSearchParams; readonly problem: string } | null = null,
): void {
  const { pages, csrf, connectorTitle, approverRoles } = services
  const chosen = last?.form.getAll('scope') ?? asked
  const selected =
    last?.form.get('organization') ?? organizations.find((each) => each.canApprove)?.id
  const html = pages.consent({
    action: visit.path,
    csrf: csrf.issue(visit.interaction.uid, 'consent'),
    connectorTitle,
    client: describeClient(visit, client),
    member: { name: member.name, email: member.email },
    organizations: organizations.map((each): OrganizationChoice => ({
      ...each,
      note: null,
      isSelected: each.id === selected,
    })),
    scopes: services.scopes
      .filter(({ name }) => asked.includes(name))
      .map((scope) => ({ ...scope, isChosen: chosen.includes(scope.name) })),
    approverRoles,
    problem: last?.problem ?? null,
  })
  sendPage(visit.ctx, last === null ? 200 : 422, html)
}

/**
 * A name is vouched for by whoever registered the client, the operator or an owner of the only
 * organization that it may connect, or by the site that publishes the client's document where the
 * browser is sent back to that same site.
 */
function describeClient(visit: Visit, registered: Client | null) {
  const { client } = visit
  const redirectHost = redirectHostOf(redirectUriOf(visit))
  const identifier = client.clientId.startsWith('https://') ? client.clientId : null
  return {
    name: client.clientName ?? '',
    redirectHost,
    isLoopback: isLoopbackHost(redirectHost),
    isVerified:
      registered?.kind === 'registered' ||
      (identifier !== null && redirectHostOf(identifier) === redirectHost),
    identifier,
  }
}

/** Starts again with another account. */
export async function switchAccount(visit: Visit, { seal }: InteractionServices): Promise<void> {
  await advance(visit, { step: 'switching' }, seal)
}

/** Hands the refusal back to the client (RFC 6749, section 4.1.2.1). */
export async function refuse(visit: Visit, services: InteractionServices): Promise<void> {
  const { requestId } = visit.ctx.state
  const refused = { type: 'consent.refused', outcome: 'failure' } as const
  recordStep(visit, services, { ...refused, reason: 'access_denied' })
  services.log.info({ event: 'consent_refused', requestId, client: visit.client.clientId })
  await finish(visit, { error: 'access_denied', error_description: 'the person refused' })
}

function recordDenied(
  visit: Visit,
  services: InteractionServices,
  fact: Omit<AuditFact, 'type' | 'outcome'>,
): void {
  recordStep(visit, services, { type: 'authorization.denied', outcome: 'failure', ...fact })
}

function showWithCancel(
  visit: Visit,
  { pages, csrf }: InteractionServices,
  status: number,
  text: ProblemText,
): void {
  const form = { action: visit.path, csrf: csrf.issue(visit.interaction.uid, 'consent') }
  const reference = visit.ctx.state.requestId
  sendPage(visit.ctx, status, pages.problemWithCancel({ ...text, ...form, reference }))
}

function textFor(status: OrganizationStatus, organization: string): ProblemText {
  return status === 'pending'
    ? texts.pendingActivation({ organization })
    : texts.switchedOff({ organization })
}
