import type { Config } from '../config.ts'
import type { Organization, OrganizationStore } from '../store/organizations.ts'

/**
 * Notes an organization that a member belongs to. At first sight it is let in, or waits where the
 * operator decides; one that is known keeps its state.
 */
export function noteOrganization(
  organizations: OrganizationStore,
  activation: Config['activation'],
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Organization> {
  return organizations.see(id, name, activation === 'approval' ? 'pending' : 'active')
}
