/** One of the people of the bench's upstream, who each belong to one organization. */
export type Person = { readonly organization: string; readonly member: string }

/** Makes so many people, in turn of so many organizations. */
export function createPeople(members: number, organizations: number): readonly Person[] {
  return Array.from({ length: members }, (_, index) => ({
    organization: `o${index % organizations}`,
    member: `m${index}`,
  }))
}

/** The address that somebody signs in with. */
export function toEmail({ organization, member }: Person): string {
  return `${member}@${organization}.example`
}

/** Reads who signs in; `null` for any other address. */
export function parseEmail(email: string): Person | null {
  const [, member, organization] = /^(m\d+)@(o\d+)\.example$/.exec(email) ?? []
  return member === undefined || organization === undefined ? null : { organization, member }
}

/** The token that the upstream gives somebody. */
export function toCredential({ organization, member }: Person): string {
  return `${organization}.${member}`
}

/** Reads whose token an `Authorization` header has; `null` for any other. */
export function parseCredential(header: string): Person | null {
  const [, organization, member] = /^Bearer (o\d+)\.(m\d+)$/i.exec(header) ?? []
  return member === undefined || organization === undefined ? null : { organization, member }
}
