import type { SiteFacts } from '../facts.ts'
import { toVariants } from './variants.ts'

/** Says who may let an AI tool read; `''` where nobody signs in. */
export function toWhoMayConnect(facts: SiteFacts): string {
  const { approvers } = toVariants(facts)
  const { signIn, sharedOrganization } = facts.deployment
  if (signIn.kind === 'none') return ''
  return sharedOrganization === null
    ? `Only ${approvers} in the organization can allow a connection.`
    : 'Everybody who may sign in can allow a connection.'
}

/** Says where an API key comes from. */
export function toWhoMakesKeys(facts: SiteFacts): string {
  const { approvers } = toVariants(facts)
  const { console: home, sharedOrganization } = facts.deployment
  if (home === null) return 'API keys are made by the team that runs this connector.'
  return sharedOrganization === null
    ? `API keys are made in the console, by ${approvers} in the organization.`
    : `API keys are made in the console, by ${approvers}.`
}
