import type Provider from 'oidc-provider'
import type { Context, Middleware } from '../../http/context.ts'
import { expired } from '../../pages/texts.ts'
import type { Realm } from '../../realm.ts'
import { ROUTES } from '../routes.ts'
import { refuse, showConsent, switchAccount, takeConsent } from './consent-step.ts'
import { parseFederatedState } from '../../sign-in/federated-state.ts'
import { readForm } from '../../pages/read-form.ts'
import { pageBoundary } from './page-boundary.ts'
import { recordStep } from './record-step.ts'
import type { InteractionServices } from './services.ts'
import { showSignIn, takeFederatedAnswer, takeSignIn } from './sign-in-step.ts'
import { openVisit, sendOn, type Visit } from './visit.ts'

/** What the pages need beside the services: the authorization server of the realm that is visited. */
export type InteractionOptions = InteractionServices & {
  readonly providerOf: (realm: Realm) => Promise<Provider>
}

/**
 * Serves `/oauth/interaction/:uid`: sign in, then decide, both at one address. Flows that run side
 * by side in one browser share nothing.
 */
export function interactionPage(options: InteractionOptions): Middleware {
  return pageBoundary(options, async function interactionPage(ctx) {
    const visit = await find(ctx, options)
    if (visit === null) return options.showProblem(ctx, 400, expired())
    const { progress } = visit
    if (progress.step === 'decided') return sendOn(visit, visit.interaction.returnTo)
    if (ctx.method === 'POST') return takeForm(visit, options)
    if (progress.step === 'signed-in') return showConsent(visit, options, progress.credential)
    showSignIn(visit, options)
  })
}

/** Serves `/oauth/interaction/:uid/callback`: back from the vendor's identity provider. */
export function federatedReturn(
  options: InteractionOptions & { readonly callbackUrl: URL },
): Middleware {
  return pageBoundary(options, async function federatedReturn(ctx) {
    const visit = await find(ctx, options)
    if (visit === null) return options.showProblem(ctx, 400, expired())
    const url = new URL(options.callbackUrl)
    url.search = ctx.search
    await takeFederatedAnswer(visit, options, url)
  })
}

/**
 * Serves `/oauth/callback`, the one address that the identity provider knows: it passes the browser
 * on to its interaction, whose cookie is sent nowhere else, at the host that it began at.
 */
export function federatedCallback(options: {
  readonly showProblem: InteractionServices['showProblem']
  readonly realmOf: (label: string) => Realm | null
  /** Where another room's sign-in goes on; `null` for an interaction's. */
  readonly otherPathOf: (uid: string) => string | null
}): Middleware {
  return async function federatedCallback(ctx) {
    const state = ctx.query['state']
    const place = typeof state === 'string' ? parseFederatedState(state) : null
    const realm = place === null ? null : options.realmOf(place.label)
    if (place === null || realm === null) return options.showProblem(ctx, 400, expired())
    const { uid } = place
    const path = options.otherPathOf(uid) ?? `${ROUTES.interaction}/${uid}/callback`
    ctx.status = 303
    ctx.redirect(`${realm.issuer}${path}${ctx.search}`)
    return Promise.resolve()
  }
}

async function find(ctx: Context, options: InteractionOptions): Promise<Visit | null> {
  const [, , , uid = ''] = ctx.path.split('/')
  const provider = await options.providerOf(ctx.state.realm)
  return openVisit(ctx, provider, uid, options.seal)
}

async function takeForm(visit: Visit, services: InteractionServices): Promise<void> {
  const { ctx, interaction, progress } = visit
  const form = await readForm(ctx)
  const isSignedIn = progress.step === 'signed-in'
  const step = isSignedIn ? 'consent' : 'sign-in'
  if (!services.csrf.isValid(form.get('csrf') ?? '', interaction.uid, step)) {
    const denied = { type: 'authorization.denied', outcome: 'failure' } as const
    recordStep(visit, services, { ...denied, reason: 'foreign_form' })
    return services.showProblem(ctx, 403, expired())
  }
  const action = form.get('action')
  if (action === 'deny') return refuse(visit, services)
  if (action === 'switch') return switchAccount(visit, services)
  if (!isSignedIn) return takeSignIn(visit, services, form)
  if (action === 'allow') return takeConsent(visit, services, progress.credential, form)
  return showConsent(visit, services, progress.credential)
}
