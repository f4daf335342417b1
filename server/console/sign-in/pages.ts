import type { AuditFact } from '../../audit/event.ts'
import { addressOf } from '../../http/client-address.ts'
import type { Context, Middleware } from '../../http/context.ts'
import { countSignIn } from '../../limits/attempt-limits.ts'
import { readForm } from '../../pages/read-form.ts'
import { sendPage } from '../../pages/send-page.ts'
import { signInUnavailable, tooManyAttempts, wrongCredentials } from '../../pages/texts.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import { createFederatedState } from '../../sign-in/federated-state.ts'
import { proveMember } from '../../sign-in/prove-member.ts'
import type { FormSignIn, RedirectSignIn } from '../../sign-in/sign-in.ts'
import { accountOf, readTypedValues } from '../../sign-in/typed-values.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import { CONSOLE, CONSOLE_UID, toOwnPath } from '../addresses.ts'
import { openPending } from '../pending.ts'
import type { ConsoleServices } from '../services.ts'
import type { OpenSession } from '../session/sessions.ts'
import { otherMember, signInExpired, signInNotCompleted } from '../texts.ts'
import { createAttempts, type Attempt, type Purpose } from './attempt.ts'
import type { SignInViews } from './views.ts'

/** Goes on once a member has proven again who they are. */
export type Confirmed = (ctx: Context, credential: UpstreamCredential) => Promise<void>

type SignInFact = Pick<AuditFact, 'outcome' | 'member' | 'reason'>

type Shown = {
  readonly status?: number
  readonly problem?: string
  readonly form?: URLSearchParams
}

/** The pages on which people sign in to the console, by the way that the connector has. */
export type SignInPages = {
  /** `GET` and `POST` of the page for a purpose. */
  readonly page: (purpose: Purpose) => Middleware
  /** Back from the vendor's identity provider. */
  readonly callback: Middleware
}

/**
 * Makes the pages.
 *
 * @param options.confirmed takes over where the purpose was `confirm`
 */
export function createSignInPages(
  services: ConsoleServices,
  options: {
    readonly views: SignInViews
    readonly callbackUrl: URL
    readonly confirmed: Confirmed
  },
): SignInPages {
  const { people, sessions, audit, csrf, limits, log, showProblem } = services
  const { views, callbackUrl, confirmed } = options
  const { signIn, findMember } = people
  const attempts = createAttempts({ seal: services.seal, now: services.now })

  function show(ctx: Context, attempt: Attempt, shown: Shown = {}): void {
    const { status = 200, problem = null, form = null } = shown
    const html = views({
      action: pathOf(attempt.purpose),
      csrf: csrf.issue(attempt.id, 'console-sign-in'),
      purpose: attempt.purpose,
      realmName: ctx.state.realm.label === '' ? null : ctx.state.realm.label,
      ...{ signIn, form, problem },
    })
    sendPage(ctx, status, html)
  }

  function record(ctx: Context, fact: SignInFact): void {
    audit.record({
      type: fact.outcome === 'success' ? 'sign-in.succeeded' : 'sign-in.failed',
      credential: 'console',
      address: addressOf(ctx),
      requestId: ctx.state.requestId,
      ...fact,
    })
  }

  /** @returns whether the right person was proven, and is on their way */
  async function takeProof(
    ctx: Context,
    attempt: Attempt,
    ask: () => Promise<UpstreamCredential | null>,
    refused: Shown,
  ): Promise<boolean> {
    const { requestId } = ctx.state
    const proof = await proveMember(ask, findMember, requestId)
    if (proof.outcome === 'refused') {
      log.info({ event: 'sign_in_refused', requestId, client: 'console' })
      record(ctx, { outcome: 'failure', reason: 'credential_refused' })
      show(ctx, attempt, { status: 422, ...refused })
      return false
    }
    if (proof.outcome === 'unavailable') {
      log.warn({ event: 'sign_in_unavailable', requestId, reason: proof.reason })
      record(ctx, { outcome: 'failure', reason: 'upstream_failed' })
      show(ctx, attempt, { ...refused, status: 502, problem: signInUnavailable() })
      return false
    }
    const { credential, member } = proof
    if (attempt.purpose === 'confirm' && (await sessions.open(ctx))?.member.id !== member.id) {
      record(ctx, { outcome: 'failure', member: member.id, reason: 'other_member' })
      show(ctx, attempt, { status: 422, problem: otherMember() })
      return false
    }
    attempts.end(ctx)
    log.info({ event: 'signed_in', requestId, member: member.id, client: 'console' })
    record(ctx, { outcome: 'success', member: member.id })
    if (attempt.purpose === 'confirm') {
      await confirmed(ctx, credential)
      return true
    }
    await sessions.start(ctx, member, credential)
    goTo(ctx, attempt.to)
    return true
  }

  async function takeForm(
    ctx: Context,
    attempt: Attempt,
    form: URLSearchParams,
    typed: FormSignIn,
  ): Promise<void> {
    const account = accountOf(typed, form)
    const waitMs = await countSignIn(limits, { account, address: ctx.ip })
    if (waitMs > 0) {
      ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
      record(ctx, { outcome: 'failure', reason: 'too_many_attempts' })
      showProblem(ctx, 429, tooManyAttempts({ minutes: Math.ceil(waitMs / 60_000) }))
      return
    }
    const values = readTypedValues(typed, form)
    const submit = () => typed.submit(values, ctx.state.requestId)
    const isProven = await takeProof(ctx, attempt, submit, { problem: wrongCredentials(), form })
    if (isProven) await limits.forgive('sign-in-account', account)
  }

  async function sendAway(
    ctx: Context,
    attempt: Attempt,
    elsewhere: RedirectSignIn,
  ): Promise<void> {
    const state = createFederatedState(ctx.state.realm.label, CONSOLE_UID)
    try {
      const askAgain = attempt.purpose === 'confirm'
      const { url, memory } = await elsewhere.begin(state, { askAgain })
      attempts.keep(ctx, { ...attempt, memory })
      goTo(ctx, url.href)
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error
      const { requestId } = ctx.state
      log.warn({ event: 'sign_in_unavailable', requestId, reason: error.message })
      record(ctx, { outcome: 'failure', reason: 'upstream_failed' })
      show(ctx, attempt, { status: 502, problem: signInUnavailable() })
    }
  }

  /** Whether something waits for them to prove who they are. */
  function isAsked(open: OpenSession | null): boolean {
    return open !== null && openPending(services.seal, open.row, services.now()) !== null
  }

  return {
    page: (purpose) =>
      async function signInPage(ctx) {
        const open = await sessions.open(ctx)
        if (purpose === 'confirm' && !isAsked(open)) return goTo(ctx, CONSOLE.home)
        const wanted = typeof ctx.query['to'] === 'string' ? ctx.query['to'] : null
        const to = toOwnPath(wanted, ctx.state.realm.issuer)
        if (ctx.method !== 'POST') {
          if (purpose === 'open' && open !== null) return goTo(ctx, to)
          return show(ctx, attempts.begin(ctx, purpose, to))
        }
        const attempt = attempts.find(ctx)
        const form = await readForm(ctx)
        const isOurs =
          attempt?.purpose === purpose &&
          csrf.isValid(form.get('csrf') ?? '', attempt.id, 'console-sign-in')
        if (!isOurs) {
          record(ctx, { outcome: 'failure', reason: 'foreign_form' })
          return showProblem(ctx, 403, signInExpired(), { href: pathOf(purpose), label: 'Sign in' })
        }
        if (signIn.kind === 'redirect') return sendAway(ctx, attempt, signIn)
        return takeForm(ctx, attempt, form, signIn)
      },

    async callback(ctx) {
      const attempt = attempts.find(ctx)
      const memory = attempt?.memory ?? null
      // What answers another question leaves ours open: anybody can send somebody here.
      const isAnswer = memory !== null && ctx.query['state'] === memory.state
      if (signIn.kind !== 'redirect' || attempt === null || !isAnswer) {
        record(ctx, { outcome: 'failure', reason: 'foreign_form' })
        return showProblem(ctx, 400, signInExpired(), { href: CONSOLE.signIn, label: 'Sign in' })
      }
      // It works once: whatever comes of it, the next answer needs another state.
      const next = attempts.keep(ctx, { ...attempt, memory: null })
      const url = new URL(callbackUrl)
      url.search = ctx.search
      const complete = () => signIn.complete(url, memory)
      await takeProof(ctx, next, complete, { problem: signInNotCompleted() })
    },
  }
}

function pathOf(purpose: Purpose): string {
  return purpose === 'open' ? CONSOLE.signIn : CONSOLE.confirm
}

function goTo(ctx: Context, url: string): void {
  ctx.status = 303
  ctx.redirect(url)
}
