import { noteOrganization } from '../access/note-organization.ts'
import { findServedOrganizations } from '../access/served-organizations.ts'
import { addressOf } from '../http/client-address.ts'
import type { Context, Middleware } from '../http/context.ts'
import { readForm } from '../pages/read-form.ts'
import type { MemberOrganization } from '../sign-in/members.ts'
import type { Organization } from '../store/organizations.ts'
import { CONSOLE, toOwnPath } from './addresses.ts'
import type { Answer } from './answer.ts'
import type { ConsoleRoute } from './route.ts'
import type { ConsoleServices } from './services.ts'
import type { OpenSession } from './session/sessions.ts'
import { consoleBoundary, TO_CONSOLE } from './console-boundary.ts'
import {
  foreignForm,
  noOrganization,
  notApprover,
  otherOrganization,
  signedOut,
  waiting,
} from './texts.ts'
import type { Visit } from './visit.ts'

/** Makes an HTTP answer of what a page came to. */
export type SendAnswer = (visit: Visit, route: ConsoleRoute, answer: Answer) => Promise<void>

/**
 * Lets in who is signed in and may see the page, and takes forms only from pages of ours: with the
 * session's own token, from no other origin, and for the organization that the page was about.
 */
export function consoleDoor(
  services: ConsoleServices,
  route: ConsoleRoute,
  send: SendAnswer,
): Middleware {
  return consoleBoundary(services, async function consoleDoor(ctx) {
    const open = await services.sessions.open(ctx)
    if (open === null) return askToSignIn(ctx, services)
    const form = ctx.method === 'POST' ? await readForm(ctx) : new URLSearchParams()
    const visit = await toVisit(ctx, open, form, services)
    if (ctx.method === 'POST') {
      const about = isOurOrigin(ctx) ? organizationOfForm(visit, services) : null
      if (about === null) {
        visit.record({ type: 'authorization.denied', outcome: 'failure', reason: 'foreign_form' })
        return services.showProblem(ctx, 403, foreignForm(), TO_CONSOLE)
      }
      if (route.audience === 'approver' && about.id !== idOf(visit.looksAt)) {
        return services.showProblem(ctx, 409, otherOrganization(visit.looksAt), TO_CONSOLE)
      }
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
  if (open === null) return askToSignIn(ctx, services)
  const visit = await toVisit(ctx, open, new URLSearchParams(), services)
  await answer(visit, route, services, send)
}

const TO_ACCOUNT = { href: CONSOLE.account, label: 'My connections' }

/** A page that is open stays: what somebody has written there would be gone with it. */
function askToSignIn(ctx: Context, { showProblem }: Pick<ConsoleServices, 'showProblem'>): void {
  if (ctx.get('hx-request') === 'true') {
    const here = toOwnPath(ctx.get('hx-current-url'), ctx.state.realm.issuer)
    return showProblem(ctx, 403, signedOut(), { href: toSignIn(here), label: 'Sign in' })
  }
  ctx.status = 303
  ctx.redirect(ctx.method === 'POST' ? CONSOLE.signIn : toSignIn(ctx.url))
}

function toSignIn(wanted: string): string {
  return `${CONSOLE.signIn}?to=${encodeURIComponent(wanted)}`
}

async function answer(
  visit: Visit,
  route: ConsoleRoute,
  services: ConsoleServices,
  send: SendAnswer,
): Promise<void> {
  if (route.audience === 'member') return send(visit, route, await route.handle(visit))
  const organization = visit.looksAt
  if (organization === null) return send(visit, route, refuse(visit, services))
  const known = await findKnown(services, organization)
  if (known.status === 'pending') {
    const text = waiting(organization)
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
function chooseOrganization(
  organizations: readonly MemberOrganization[],
  chosenId: string | null,
): MemberOrganization | null {
  const mine = organizations.filter(({ canApprove }) => canApprove)
  return mine.find(({ id }) => id === chosenId) ?? mine[0] ?? null
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
  const mine = await findServedOrganizations(store.organizations, realm, member.organizations)
  const looksAt = chooseOrganization(mine, row.organizationId)
  return {
    ctx,
    session: row,
    member,
    organizations: mine,
    looksAt,
    params: paramsOf(ctx),
    query: new URLSearchParams(ctx.search),
    form,
    csrf: csrf.issue(toTokenId(row, looksAt), 'console'),
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

/** The origin is looked at beside the token, where the browser says it, as each alone has failed elsewhere. */
function isOurOrigin(ctx: Context): boolean {
  const origin = ctx.get('origin')
  const isOurs = origin === '' || origin === ctx.state.realm.issuer
  return isOurs && ['', 'same-origin'].includes(ctx.get('sec-fetch-site'))
}

/**
 * Finds which organization a form is about: its token proves that a page of this session held it, and
 * which one that page showed. In another window, the member may look at another one meanwhile.
 *
 * @returns `null` where no page of this session held it
 */
function organizationOfForm(
  { form, session, organizations }: Visit,
  { csrf }: ConsoleServices,
): { readonly id: string | null } | null {
  const token = form.get('csrf') ?? ''
  const shown = [null, ...organizations]
  const found = shown.find((each) => csrf.isValid(token, toTokenId(session, each), 'console'))
  return found === undefined ? null : { id: idOf(found) }
}

function toTokenId({ id }: { readonly id: string }, shown: MemberOrganization | null): string {
  return `${id}:${idOf(shown) ?? ''}`
}

function idOf(organization: MemberOrganization | null): string | null {
  return organization?.id ?? null
}
