import type { AllowList } from '../allow-list/allow-list.ts'
import type { ServiceEntry } from '../allow-list/allow-list-schema.ts'
import { findCredentialPlace } from '../allow-list/credential-place.ts'
import type { CredentialPlaceModel, ServiceLoginModel } from '../model.ts'
import { isReservedHeader } from '../request/owned-parameters.ts'
import type { Findings } from '../problem.ts'

const CREDENTIAL = ['upstream', 'login', 'credential']

/** Resolves a service login; `null` once something has been reported. */
export function buildServiceLogin(
  { organization, credential, access }: ServiceEntry,
  allowList: AllowList,
  findings: Findings,
): ServiceLoginModel | null {
  const place = credential && toCredentialPlace(credential, allowList, findings)
  if (organization === null || place === null || access === null) return null
  return {
    kind: 'service',
    organization,
    credential: place ?? null,
    access: access === undefined ? null : toAccess(access),
  }
}

function toCredentialPlace(
  entry: NonNullable<ServiceEntry['credential']>,
  allowList: AllowList,
  findings: Findings,
): CredentialPlaceModel | null {
  const { header, scheme, query, cookie } = entry
  const report = (what: string, key: string | null = null) => {
    const path = key === null ? CREDENTIAL : [...CREDENTIAL, key]
    findings.problem(allowList.place(path, key === null ? 'key' : 'value'), what)
    return null
  }
  if ([header, query, cookie].filter((each) => each !== undefined).length !== 1) {
    return report('needs one of "header", "query" and "cookie"')
  }
  if (scheme !== undefined && header === undefined) {
    return report('goes with "header" only', 'scheme')
  }
  if (header !== undefined && isTaken(header, allowList)) {
    return report(`the header ${JSON.stringify(header)} is the connector's own`, 'header')
  }
  return findCredentialPlace(allowList.upstream)
}

/** `Authorization` is what a credential is for; every other header of that list says something else. */
function isTaken(header: string, { upstream }: AllowList): boolean {
  const name = header.toLowerCase()
  if (name === upstream.organizationHeader?.toLowerCase()) return true
  return name !== 'authorization' && isReservedHeader(name)
}

function toAccess({
  issuer,
  scopes,
  domain,
  claim,
}: NonNullable<ServiceEntry['access']>): ServiceLoginModel['access'] {
  return { issuer, scopes, domain: domain ?? null, claim: claim ?? null }
}
