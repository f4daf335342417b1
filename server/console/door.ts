import { noteOrganization } from '../access/note-organization.ts'
import { findServedOrganizations } from '../access/served-organizations.ts'
import { addressOf } from '../http/client-address.ts'
import type { Context, Middleware } from '../http/context.ts'
import { readForm } from '../pages/read-form.ts'
import { notApprover, noOrganization, pendingActivation } from '../pages/texts.ts'
import type { MemberOrganization } from '../sign-in/members.ts'
import type { Organization } from '../store/organizations.ts'
import { CONSOLE } from './addresses.ts'
import type { Answer } from './answer.ts'
import type { ConsoleRoute } from './route.ts'
import type { ConsoleServices } from './services.ts'
import type { OpenSession } from './session/sessions.ts'
import { consoleBoundary, TO_CONSOLE } from './console-boundary.ts'
import { foreignForm } from './texts.ts'
import type { Visit } from './visit.ts'

/** Makes an HTTP answer of what a page came to. */
export type SendAnswer = (visit: Visit, route: ConsoleRoute, answer: Answer) => Promise<void>

/**
 * Lets in who is signed in and may see the page, and takes forms only from pages of ours: with the
 * session's own token, and from no other origin.
 */
export function consoleDoor(
  services: ConsoleServices,
  route: ConsoleRoute,
  send: SendAnswer,
): Middleware {
  return consoleBoundary(services, async function consoleDoor(ctx) {
    const open = await services.sessions.open(ctx)
    if (open === null) return askToSignIn(ctx)
    const form = ctx.method === 'POST' ? await readForm(ctx) : new URLSearchParams()
    const visit = await toVisit(ctx, open, form, services)
    if (ctx.method === 'POST' && !isOurForm(visit, services)) {
      visit.record({ type: 'authorization.denied', outcome: 'failure', reason: 'foreign_form' })
      return services.showProblem(ctx, 403, foreignForm(), TO_CONSOLE)
    }
    await answer(visit, route, services, send)
  })
}

/** Goes on with what a member had asked for, now that they have proven once more who they are. */
export async function passConfirmed(
  services: ConsoleServices,
  route: ConsoleRoute,
  send: SendAnswer,
  ctx: Context,
): Promise<void> {
  const open = await services.sessions.open(ctx)
  if (open === null) return askToSignIn(ctx)
  const visit = await toVisit(ctx, open, new URLSearchParams(), services)
  await answer(visit, route, services, send)
}

const TO_ACCOUNT = { href: CONSOLE.account, label: 'Your connections' }

/** A page that is part of another cannot show the sign-in: the whole page is sent there. */
function askToSignIn(ctx: Context): void {
  const wanted = ctx.method === 'GET' ? `?to=${encodeURIComponent(ctx.url)}` : ''
  const to = `${CONSOLE.signIn}${wanted}`
  if (ctx.get('hx-request') === 'true') {
    ctx.set('HX-Redirect', CONSOLE.signIn)
    ctx.status = 204
    return
  }
  ctx.status = 303
  ctx.redirect(to)
}

async function answer(
  visit: Visit,
  route: ConsoleRoute,
  services: ConsoleServices,
  send: SendAnswer,
): Promise<void> {
  if (route.audience === 'member') return send(visit, route, await route.handle(visit))
  const organization = chooseOrganization(visit)
  if (organization === null) return send(visit, route, refuse(visit, services))
  const known = await findKnown(services, organization)
  if (known.status === 'pending') {
    const text = pendingActivation({ organization: organization.name })
    return send(visit, route, { kind: 'problem', status: 403, text, action: TO_ACCOUNT })
  }
  const record: Visit['record'] = (fact) => visit.record({ organization: organization.id, ...fact })
  const inside = { ...visit, record, organization, known }
  await send(inside, route, await route.handle(inside))
}

/** Whoever may decide nowhere has a page of their own, and no other. */
function refuse({ record, organizations, member }: Visit, { people }: ConsoleServices): Answer {
  const approverRoles = people.approvers
  const [reason, text] =
    organizations.length === 0
      ? (['no_organization', noOrganization(member)] as const)
      : (['not_an_approver', notApprover({ ...member, organizations, approverRoles })] as const)
  record({ type: 'authorization.denied', outcome: 'failure', reason })
  return { kind: 'problem', status: 403, text, action: TO_ACCOUNT }
}

/** The one that was chosen, while the member may still decide there. */
function chooseOrganization({ organizations, session }: Visit): MemberOrganization | null {
  const mine = organizations.filter(({ canApprove }) => canApprove)
  return mine.find(({ id }) => id === session.organizationId) ?? mine[0] ?? null
}

async function findKnown(
  { store, config }: ConsoleServices,
  organization: MemberOrganization,
): Promise<Organization> {
  const { organizations } = store
  return (
    (await organizations.find(organization.id)) ??
    (await noteOrganization(organizations, config.activation, organization))
  )
}

async function toVisit(
  ctx: Context,
  { row, member }: OpenSession,
  form: URLSearchParams,
  { store, audit, csrf }: ConsoleServices,
): Promise<Visit> {
  const { realm, requestId } = ctx.state
  return {
    ctx,
    session: row,
    member,
    organizations: await findServedOrganizations(store.organizations, realm, member.organizations),
    params: paramsOf(ctx),
    query: new URLSearchParams(ctx.search),
    form,
    csrf: csrf.issue(row.id, 'console'),
    record: (fact) =>
      audit.record({
        member: member.id,
        credential: 'console',
        address: addressOf(ctx),
        requestId,
        ...fact,
      }),
  }
}

/** What the router has found in the path; it keeps it beside what the types of Koa know. */
function paramsOf(ctx: Context): Readonly<Record<string, string>> {
  const params: unknown = Reflect.get(ctx, 'params')
  const entries = typeof params === 'object' && params !== null ? Object.entries(params) : []
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

/**
 * The token proves that a page of ours held the form. The origin is looked at, too, where the browser
 * says it, as each alone has failed elsewhere.
 */
function isOurForm({ ctx, session, form }: Visit, { csrf }: ConsoleServices): boolean {
  const origin = ctx.get('origin')
  if (origin !== '' && origin !== ctx.state.realm.issuer) return false
  if (!['', 'same-origin'].includes(ctx.get('sec-fetch-site'))) return false
  return csrf.isValid(form.get('csrf') ?? '', session.id, 'console')
}
