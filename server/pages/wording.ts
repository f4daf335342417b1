import { toDisplayText, toQuotedName } from './display-text.ts'

const MAX_EMAIL_CHARS = 254
const ALL = new Intl.ListFormat('en', { type: 'conjunction' })
const EITHER = new Intl.ListFormat('en', { type: 'disjunction' })

/** An e-mail address inside a sentence of ours. */
export function toShownEmail(email: string): string {
  return toDisplayText(email, { maxChars: MAX_EMAIL_CHARS })
}

/** Says who is signed in, and as what in each of their organizations. */
export function sayWhoIsThere(facts: {
  readonly email: string
  readonly organizations: readonly { readonly name: string; readonly role: string }[]
}): string {
  const roles = facts.organizations.map(
    ({ name, role }) => `${toQuotedName(role)} in ${toQuotedName(name)}`,
  )
  return `You are signed in as ${toShownEmail(facts.email)}. Your role is ${ALL.format(roles)}.`
}

/** Names the people who have one of some roles, in the words of the upstream. */
export function sayWhoHas(roles: readonly string[]): string {
  return `somebody with the role ${EITHER.format(roles.map(toQuotedName))}`
}
