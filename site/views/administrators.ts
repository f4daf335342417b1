import type { SiteFacts } from '../facts.ts'
import { toCount } from '../wording.ts'
import { toCommonView } from './common.ts'

/** What those who are responsible for an organization can decide, and where. */
export function toAdministratorsView(facts: SiteFacts): object {
  const { deployment } = facts
  return {
    ...toCommonView(facts),
    organization: deployment.sharedOrganization ?? '',
    clientKinds: deployment.clientKinds,
    sharedClients:
      deployment.signIn.kind === 'none'
        ? 'Nobody signs in, so no AI tool has a client id here. API keys are the way in.'
        : 'AI tools register themselves. The team that runs the connector can make a fixed client id and a secret for one that needs them.',
    auditDays: toCount(deployment.retentionDays, 'day'),
  }
}
