import type { OrganizationStore } from '../store/organizations.ts'

/**
 * Finds the organization that a host's label stands for: the one that was given it, or one whose id
 * it is and that was given no other.
 *
 * @returns its id; `null` where the label is nobody's any more
 */
export async function findTenantOrganization(
  organizations: OrganizationStore,
  label: string,
): Promise<string | null> {
  const organization = await organizations.findByTenant(label)
  if (organization !== null) return organization.id
  // Nobody has signed in there yet, or the organization has moved to another label.
  return (await organizations.find(label)) === null ? label : null
}
