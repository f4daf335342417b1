import { listScopes } from '../../scopes.ts'
import type { Connector } from '../../mcp/tool.ts'
import { EXPIRIES, toExpiry, type Expiry } from './expiry.ts'

/** As with the operator's own command. */
const MAX_NAME_CHARS = 200

/** A key that somebody wants, as the form said it. */
export type KeyWish = {
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiry: Expiry
  /** What stands in the date's field, whatever was chosen. */
  readonly date: string
}

/** Reads the form; scopes that the connector does not have are none. */
export function readWish(form: URLSearchParams, connector: Connector): KeyWish {
  const sent = form.getAll('scope')
  return {
    name: (form.get('name') ?? '').trim(),
    scopes: listScopes(connector)
      .map(({ name }) => name)
      .filter((name) => sent.includes(name)),
    expiry: EXPIRIES.find((each) => each === form.get('expiry')) ?? '90',
    date: form.get('date') ?? '',
  }
}

/**
 * Checks a wish.
 *
 * @param now milliseconds since the epoch
 * @returns what has to be mended, in a sentence, or when the key is to expire
 */
export function checkWish(
  { name, scopes, expiry, date }: KeyWish,
  now: number,
): { readonly problem: string } | { readonly expiresAt: number | null } {
  if (name === '') return { problem: 'Give the key a name that says what uses it.' }
  if (name.length > MAX_NAME_CHARS) {
    return { problem: `The name may have ${MAX_NAME_CHARS} characters at most.` }
  }
  if (scopes.length === 0) {
    return { problem: 'Choose at least one kind of data that the key may read.' }
  }
  return toExpiry(expiry, date, now)
}
