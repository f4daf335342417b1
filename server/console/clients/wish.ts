import type { ClientType } from '../../store/clients.ts'
import { parseType } from './client-types.ts'

/** A client that somebody wants to register. */
export type ClientWish = {
  readonly type: ClientType
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly isPublic: boolean
}

/** Reads the form: what is wrong in it is said by whoever makes a client of it. */
export function readWish(form: URLSearchParams): ClientWish {
  return {
    type: parseType(form.get('type')) ?? 'other',
    name: (form.get('name') ?? '').trim(),
    redirectUris: (form.get('redirect-uris') ?? '').split(/\s+/).filter((uri) => uri !== ''),
    isPublic: form.get('secret') === 'none',
  }
}

/** @returns the first thing that is missing, in a sentence; `null` where nothing is */
export function findMissing({ name, redirectUris }: ClientWish): string | null {
  if (name === '') return 'Give the client a name: people see it when they connect it.'
  if (redirectUris.length > 0) return null
  return 'Enter at least one address that the program comes back to after the sign-in.'
}
