import type { AllowList } from './allow-list.ts'
import type { CredentialPlaceModel } from '../model.ts'

/** Tells where a service login's credential goes; `null` where that has been reported, or is nowhere. */
export function findCredentialPlace({
  service,
}: AllowList['upstream']): CredentialPlaceModel | null {
  const { header, scheme, query, cookie } = service?.credential ?? {}
  if (header !== undefined) return { in: 'header', name: header, scheme: scheme ?? null }
  if (query !== undefined) return { in: 'query', name: query }
  return cookie === undefined ? null : { in: 'cookie', name: cookie }
}
