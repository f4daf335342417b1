import type { SiteFacts } from '../facts.ts'
import { toCount } from '../wording.ts'
import { toWhoMayConnect } from './access-texts.ts'
import { toVariants } from './variants.ts'

/** What those who are responsible for an organization can decide, and where. */
export function toAdministratorsView(facts: SiteFacts): object {
  const { deployment } = facts
  return {
    ...toVariants(facts),
    organization: deployment.sharedOrganization ?? '',
    clientKinds: deployment.clientKinds,
    whoMayConnect: toWhoMayConnect(facts),
    auditDays: toCount(deployment.retentionDays, 'day'),
  }
}
