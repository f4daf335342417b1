import type { SiteFacts } from '../facts.ts'
import { toSlug } from '../markdown/slug.ts'
import { toCount, toDuration } from '../wording.ts'
import { toVariants } from './variants.ts'
import { toDisabledAnswer, toUnauthorizedExample, toUpstreamMessage } from './errors.ts'
import { toHealthExample } from './quickstart.ts'

/** What goes wrong, by what people see, with the usual reasons. */
export function toTroubleshootingView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  const { lifetimes, limits, sharedOrganization } = deployment
  const { title } = docs.connector
  return {
    ...toVariants(facts),
    mcpPath: new URL(deployment.mcpUrl).pathname,
    health: toHealthExample(facts),
    signInAdvice: toSignInAdvice(facts),
    signInLifetime: toDuration(lifetimes.signInPage),
    refreshLifetime: toDuration(deployment.refreshTokenTtlSeconds),
    unauthorized: toUnauthorizedExample(facts),
    listLifetime: toDuration(lifetimes.toolList),
    disabled: toDisabledAnswer(),
    whoSwitches:
      sharedOrganization === null
        ? 'Connections are switched off for your organization. An administrator switches them on in the console, unless the team that runs the connector switched them off.'
        : 'Connections are switched off. The team that runs the connector switches them on.',
    perMinute: toCount(limits.callsPerMinute, 'message'),
    upstreamMessage: toUpstreamMessage(facts),
    upstreamPlace: toSlug(`When ${title} fails`),
    forbidden:
      sharedOrganization === null
        ? `your role in ${title} may not see the record.`
        : `the connector’s credential may not see the record.`,
  }
}

function toSignInAdvice({ docs, deployment: { signIn, limits } }: SiteFacts): string {
  const { title } = docs.connector
  const tries = `After ${limits.signInAccount.max} failures you have to wait up to ${toDuration(limits.signInAccount.seconds)}.`
  switch (signIn.kind) {
    case 'password':
      return `check that you can sign in to ${title} itself with the same address and password. ${tries}`
    case 'api-credentials':
      return `check the key, its secret and your e-mail address: you need to be a member of the organization that the key was made for. ${tries}`
    case 'provider':
      return `check that you can sign in at ${signIn.host} itself.`
    case 'none':
      return ''
  }
}
