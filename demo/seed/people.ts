import { demoAccess } from '../access.ts'
import { hashSecret } from '../http/secrets.ts'

/** The two tenants. */
export const organizationRows = [
  {
    id: 'acme',
    name: 'Acme Industries',
    plan: 'business',
    base_currency: 'EUR',
    time_zone: 'Europe/Warsaw',
  },
  {
    id: 'globex',
    name: 'Globex “North Sea” Ltd',
    plan: 'team',
    base_currency: 'GBP',
    time_zone: 'Europe/London',
  },
] as const

const { emails } = demoAccess

const people = [
  { id: 'mem_01', email: emails.acmeOwner, name: 'Zofia Wiśniewska', locale: 'pl-PL' },
  { id: 'mem_02', email: emails.acmeAdmin, name: 'Jürgen Weiß', locale: 'de-DE' },
  { id: 'mem_03', email: emails.acmeAccountant, name: 'Nuala O’Brien', locale: 'en-IE' },
  { id: 'mem_04', email: emails.acmeMember, name: 'Łukasz Żak', locale: 'pl-PL' },
  { id: 'mem_05', email: emails.globexOwner, name: 'Priya Raghunathan', locale: 'en-GB' },
  { id: 'mem_06', email: emails.consultant, name: 'Søren "Sam" Østergård', locale: 'da-DK' },
] as const

/** Everybody who can sign in, with the one password of the demo. */
export const memberRows = people.map((person) => ({
  ...person,
  password_hash: hashSecret(demoAccess.password),
}))

/** Who belongs where, and as what. */
export const membershipRows = [
  { organization_id: 'acme', member_id: 'mem_01', role: 'owner' },
  { organization_id: 'acme', member_id: 'mem_02', role: 'admin' },
  { organization_id: 'acme', member_id: 'mem_03', role: 'accountant' },
  { organization_id: 'acme', member_id: 'mem_04', role: 'member' },
  { organization_id: 'acme', member_id: 'mem_06', role: 'admin' },
  { organization_id: 'globex', member_id: 'mem_05', role: 'owner' },
  { organization_id: 'globex', member_id: 'mem_06', role: 'member' },
] as const

/** One pair of API credentials per organization. */
export const credentialRows = Object.values(demoAccess.credentials).map((credential) => ({
  key_hash: hashSecret(credential.key),
  secret_hash: hashSecret(credential.secret),
  organization_id: credential.organization,
}))
