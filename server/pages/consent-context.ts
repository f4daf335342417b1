import { toDisplayHost, toDisplayText } from './display-text.ts'
import { cannotApprove, loopbackClient, readOnlyPromises, unverifiedClient } from './texts.ts'
import type { ConsentView, OrganizationChoice } from './views.ts'

/** What a description may need, before it is more than a description. */
const MAX_DESCRIPTION_CHARS = 300

/** Prepares the consent page's values for its template, which only places them. */
export function toConsentContext(view: Omit<ConsentView, 'problem'>) {
  const { action, csrf, client, member, organizations, scopes, approverRoles } = view
  const connectorTitle = toDisplayText(view.connectorTitle)
  const redirectHost = toDisplayHost(client.redirectHost)
  const rows = organizations.map((each, index) => toOrganization(each, index, approverRoles))
  return {
    form: { action, csrf },
    connectorTitle,
    redirectHost,
    identifiers: client.identifier === null ? [] : [toDisplayHost(client.identifier)],
    memberName: toDisplayText(member.name),
    memberEmail: toDisplayText(member.email, { maxChars: 254 }),
    warnings: [
      ...(client.isVerified ? [] : [unverifiedClient(client)]),
      ...(client.isLoopback ? [loopbackClient()] : []),
    ],
    organizationPartial: rows.length === 1 ? 'organization-fixed' : 'organization-picker',
    organizations: rows,
    scopes: scopes.map(({ name, title, description, isChosen }, index) => ({
      id: `scope-${index}`,
      name,
      title: toDisplayText(title),
      description: toDisplayText(description, { maxChars: MAX_DESCRIPTION_CHARS }),
      state: isChosen ? 'checked' : '',
    })),
    promises: readOnlyPromises({ connectorTitle }),
  }
}

function toOrganization(
  { id: value, name, role, canApprove, note, isSelected }: OrganizationChoice,
  index: number,
  approverRoles: readonly string[],
) {
  const id = `organization-${index}`
  const reason = note ?? (canApprove ? null : cannotApprove({ role, approverRoles }))
  return {
    id,
    value,
    name: toDisplayText(name),
    role: toDisplayText(role),
    notes: reason === null ? [] : [reason],
    state: canApprove ? (isSelected ? 'checked' : '') : 'disabled',
    /** Only what may be chosen is sent where there is nothing to choose. */
    values: canApprove ? [value] : [],
  }
}
