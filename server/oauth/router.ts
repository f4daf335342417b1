import { METADATA_PATH } from '../access/challenge.ts'
import { publicCors } from '../http/cors.ts'
import type { Router } from '../http/router.ts'
import type { RateWindow } from '../limits/rate-window.ts'
import type { Realms } from '../realm.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import { apiKeysOnly } from './api-keys-only.ts'
import type { Oauth } from './assemble.ts'
import { attemptCheck } from './attempt-check.ts'
import { authorizationLimit } from './authorization-limit.ts'
import { authorizationEndpoint } from './endpoint.ts'
import { federatedCallback, federatedReturn, interactionPage } from './interaction/pages.ts'
import { maintenancePage } from './maintenance-page.ts'
import { protectedResource } from './protected-resource.ts'
import { recordLimited } from './record-limited.ts'
import { ROUTES } from './routes.ts'
import { tokenLimit } from './token-limit.ts'

/**
 * Gives the authorization server its addresses. CORS is open where the library has none: any page
 * may read the metadata and register (RFC 9728, section 3; RFC 7591).
 *
 * @param options.callbackUrl where the vendor's identity provider sends browsers back to
 * @param options.otherPathOf where another room's sign-in goes on from there
 */
export function addOauthRoutes(
  router: Router,
  options: {
    readonly oauth: Oauth
    readonly rateWindow: RateWindow
    readonly realms: Realms
    readonly title: string
    readonly mcpPaths: readonly string[]
    readonly callbackUrl: URL
    readonly otherPathOf: (uid: string) => string | null
    readonly switchboard: Pick<Switchboard, 'isInMaintenance' | 'maintenanceMessage'>
  },
): void {
  const { oauth, rateWindow, realms, title, mcpPaths, callbackUrl, switchboard } = options
  const { interaction, scopes, showProblem } = oauth
  const endpoint = authorizationEndpoint(oauth.find)

  router.all(ROUTES.metadata, endpoint)
  router.all('/.well-known/openid-configuration', endpoint)
  for (const path of [null, ...mcpPaths]) {
    const metadata = protectedResource({ path, title, scopes })
    router.get(`${METADATA_PATH}${path ?? ''}`, publicCors(), metadata)
    router.options(`${METADATA_PATH}${path ?? ''}`, publicCors())
  }

  router.all(
    ROUTES.registration,
    publicCors(),
    recordLimited(oauth.audit, 'client.registered'),
    attemptCheck(oauth.limits, 'register-address'),
    endpoint,
  )
  router.all(
    ROUTES.token,
    recordLimited(oauth.audit, 'token.refused'),
    tokenLimit(rateWindow),
    endpoint,
  )
  for (const path of [ROUTES.revocation, ROUTES.jwks]) router.all(path, endpoint)
  if (interaction === null) {
    router.all(ROUTES.authorization, apiKeysOnly({ showProblem, title }))
    return
  }
  const { limits } = oauth
  const inService = maintenancePage({ switchboard, showProblem })
  router.all(
    ROUTES.authorization,
    inService,
    recordLimited(oauth.audit, 'authorization.denied'),
    authorizationLimit({ limits, showProblem }),
    endpoint,
  )
  // Not in the way of who has decided already: the code that it gives needs nothing but the store.
  router.all(`${ROUTES.authorization}/:uid`, endpoint)

  const page = interactionPage(interaction)
  const { interaction: path } = ROUTES
  router.get(`${path}/:uid`, inService, page).post(`${path}/:uid`, inService, page)
  const back = federatedReturn({ ...interaction, callbackUrl })
  router.get(`${path}/:uid/callback`, inService, back)
  const { otherPathOf } = options
  router.get(
    ROUTES.callback,
    federatedCallback({ showProblem, realmOf: realms.ofLabel, otherPathOf }),
  )
}
