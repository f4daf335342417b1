import { redirectHostOf } from '../../known-clients.ts'
import { countSignIn } from '../../limits/attempt-limits.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import { proveMember } from '../../sign-in/prove-member.ts'
import type { RedirectSignIn } from '../../sign-in/sign-in.ts'
import { accountOf, readTypedValues, toShownValues } from '../../sign-in/typed-values.ts'
import {
  signInNotCompleted,
  signInUnavailable,
  tooManyAttempts,
  wrongCredentials,
} from '../../pages/texts.ts'
import { sendPage } from '../../pages/send-page.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import { createFederatedState } from '../../sign-in/federated-state.ts'
import { recordStep } from './record-step.ts'
import type { InteractionServices } from './services.ts'
import { advance, keepProgress, redirectUriOf, sendOn, type Visit } from './visit.ts'

/** Shows the way to sign in that the connector has. */
export function showSignIn(
  visit: Visit,
  services: InteractionServices,
  shown: {
    readonly status?: number
    readonly problem?: string
    readonly form?: URLSearchParams
  } = {},
): void {
  const { signIn, pages, csrf } = services
  const { status = 200, problem = null, form = null } = shown
  const common = {
    action: visit.path,
    csrf: csrf.issue(visit.interaction.uid, 'sign-in'),
    clientName: visit.client.clientName ?? '',
    redirectHost: redirectHostOf(redirectUriOf(visit)),
    problem,
  }
  if (signIn.kind === 'redirect') {
    const { providerHost } = signIn
    return sendPage(visit.ctx, status, pages.signInElsewhere({ ...common, providerHost }))
  }
  const realmName = visit.ctx.state.realm.label === '' ? null : visit.ctx.state.realm.label
  sendPage(
    visit.ctx,
    status,
    pages.signIn({
      ...common,
      realmName,
      fields: signIn.fields,
      values: toShownValues(signIn, form),
    }),
  )
}

/** Takes the sign-in form, or sends the person to the vendor's identity provider. */
export async function takeSignIn(
  visit: Visit,
  services: InteractionServices,
  form: URLSearchParams,
): Promise<void> {
  const { signIn } = services
  if (signIn.kind === 'redirect') return sendAway(visit, services, signIn)
  const account = accountOf(signIn, form)
  const waitMs = await countSignIn(services.limits, { account, address: visit.ctx.ip })
  if (waitMs > 0) {
    const minutes = Math.ceil(waitMs / 60_000)
    visit.ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
    recordFailed(visit, services, 'too_many_attempts')
    return services.showProblem(visit.ctx, 429, tooManyAttempts({ minutes }))
  }
  const values = readTypedValues(signIn, form)
  const { requestId } = visit.ctx.state
  await believe(visit, services, () => signIn.submit(values, requestId), {
    refused: () => showSignIn(visit, services, { status: 422, problem: wrongCredentials(), form }),
    unavailable: () =>
      showSignIn(visit, services, { status: 502, problem: signInUnavailable(), form }),
    accepted: () => services.limits.forgive('sign-in-account', account),
  })
}

/** Takes the answer that the identity provider sent the browser back with; it works once. */
export async function takeFederatedAnswer(
  visit: Visit,
  services: InteractionServices,
  callbackUrl: URL,
): Promise<void> {
  const { signIn, seal } = services
  const { progress } = visit
  if (signIn.kind !== 'redirect' || progress.step !== 'away') {
    return sendOn(visit, visit.path)
  }
  await keepProgress(visit, { step: 'new' }, seal)
  const show = (status: number, problem: string) => showSignIn(visit, services, { status, problem })
  await believe(visit, services, () => signIn.complete(callbackUrl, progress.memory), {
    refused: () => show(422, signInNotCompleted()),
    unavailable: () => show(502, signInUnavailable()),
    accepted: () => Promise.resolve(),
  })
}

/** A credential counts once the upstream has said whose it is. */
async function believe(
  visit: Visit,
  services: InteractionServices,
  ask: () => Promise<UpstreamCredential | null>,
  outcome: {
    readonly refused: () => void
    readonly unavailable: () => void
    readonly accepted: () => Promise<void>
  },
): Promise<void> {
  const { findMember, seal, log } = services
  const { requestId } = visit.ctx.state
  const client = visit.client.clientId
  const proof = await proveMember(ask, findMember, requestId)
  if (proof.outcome === 'refused') {
    log.info({ event: 'sign_in_refused', requestId, client })
    recordFailed(visit, services, 'credential_refused')
    return outcome.refused()
  }
  if (proof.outcome === 'unavailable') {
    log.warn({ event: 'sign_in_unavailable', requestId, reason: proof.reason })
    recordFailed(visit, services, 'upstream_failed')
    return outcome.unavailable()
  }
  const { credential, member } = proof
  await outcome.accepted()
  log.info({ event: 'signed_in', requestId, member: member.id, client })
  recordStep(visit, services, {
    type: 'sign-in.succeeded',
    outcome: 'success',
    member: member.id,
  })
  await advance(visit, { step: 'signed-in', credential }, seal)
}

async function sendAway(
  visit: Visit,
  services: InteractionServices,
  signIn: RedirectSignIn,
): Promise<void> {
  const state = createFederatedState(visit.ctx.state.realm.label, visit.interaction.uid)
  try {
    const isSwitching = visit.progress.step === 'switching'
    const { url, memory } = await signIn.begin(state, { askAgain: isSwitching })
    await keepProgress(visit, { step: 'away', memory }, services.seal)
    sendOn(visit, url.href)
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    const { requestId } = visit.ctx.state
    services.log.warn({ event: 'sign_in_unavailable', requestId, reason: error.message })
    recordFailed(visit, services, 'upstream_failed')
    showSignIn(visit, services, { status: 502, problem: signInUnavailable() })
  }
}

function recordFailed(visit: Visit, services: InteractionServices, reason: string): void {
  recordStep(visit, services, { type: 'sign-in.failed', outcome: 'failure', reason })
}
