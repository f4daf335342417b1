import type { Middleware } from '../http/context.ts'
import type { Router } from '../http/router.ts'
import { apiKeysOnly } from '../oauth/api-keys-only.ts'
import { maintenancePage } from '../oauth/maintenance-page.ts'
import { createPages } from '../pages/render.ts'
import { createShowProblem } from '../pages/show-problem.ts'
import type { Services } from '../services.ts'
import { accountRoutes } from './account/routes.ts'
import { CONSOLE } from './addresses.ts'
import { assembleConsole, type ConsoleOptions } from './assemble.ts'
import { clientsRoutes } from './clients/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { completePending } from './complete-pending.ts'
import { connectionsRoutes } from './connections/routes.ts'
import { consoleBoundary, TO_CONSOLE } from './console-boundary.ts'
import { consoleDoor, passConfirmed } from './door.ts'
import { keysRoutes } from './keys/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { forMembers, type ConsoleRoute } from './route.ts'
import { createSendAnswer } from './send-answer.ts'
import type { ConsoleServices } from './services.ts'
import { sessionRoutes } from './session/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { createSignInPages } from './sign-in/pages.ts'
import { createSignInViews } from './sign-in/views.ts'
import { notHere } from './texts.ts'
import { toolsRoutes } from './tools/routes.ts'

/** Gives the console its addresses; where nobody can sign in, a page says so. */
export function addConsole(
  router: Router,
  options: Omit<ConsoleOptions, 'services'> & { readonly services: Services },
): void {
  const { connector, services, switchboard } = options
  const { people, callbackUrl } = services
  const { title } = connector
  const showProblem = createShowProblem(createPages({ title }))
  if (people === null) {
    for (const path of [CONSOLE.home, CONSOLE.account]) {
      router.get(path, apiKeysOnly({ showProblem, title }))
    }
    return
  }
  addRoutes(router, assembleConsole({ ...options, services: { ...services, people } }), {
    inService: maintenancePage({ switchboard, showProblem }),
    callbackUrl,
  })
}

/**
 * @param options.inService turns people away while the connector is out of service
 * @param options.callbackUrl where the vendor's identity provider sends browsers back to
 */
function addRoutes(
  router: Router,
  services: ConsoleServices,
  options: { readonly inService: Middleware; readonly callbackUrl: URL },
): void {
  const { inService, callbackUrl } = options
  const send = createSendAnswer(services)
  const views = createSignInViews(services.connector)
  const signIn = createSignInPages(services, {
    ...{ views, callbackUrl },
    confirmed: (ctx, credential) =>
      passConfirmed(services, completePending(services, credential), send, ctx),
  })

  for (const purpose of ['open', 'confirm'] as const) {
    const path = purpose === 'open' ? CONSOLE.signIn : CONSOLE.confirm
    const page = consoleBoundary(services, signIn.page(purpose))
    router.get(path, inService, page).post(path, inService, page)
  }
  router.get(CONSOLE.callback, inService, consoleBoundary(services, signIn.callback))
  for (const route of listRoutes(services)) {
    const door = consoleDoor(services, route, send)
    if (route.method === 'GET') router.get(route.path, inService, door)
    else router.post(route.path, inService, door)
  }
}

/** Every address of the console behind the sign-in, room by room; the last is any other. */
function listRoutes(services: ConsoleServices): readonly ConsoleRoute[] {
  return [
    ...sessionRoutes(services),
    ...overviewRoutes(services),
    ...toolsRoutes(services),
    ...clientsRoutes(services),
    ...keysRoutes(services),
    ...connectionsRoutes(services),
    ...auditRoutes(services),
    ...settingsRoutes(services),
    ...accountRoutes(services),
    forMembers('GET', `${CONSOLE.home}/*rest`, 'account', () => Promise.resolve(NO_SUCH_PAGE)),
  ]
}

const NO_SUCH_PAGE = {
  kind: 'problem',
  status: 404,
  text: notHere('page'),
  action: TO_CONSOLE,
} as const
