import type { ApiCredentialHeaders } from '../mcp/tool.ts'
import { toHeaders, type UpstreamCredential } from './credential.ts'
import type { FindMember } from './members.ts'
import type { FormSignIn, SignInField } from './sign-in.ts'

const FIELDS = [
  { name: 'email', label: 'Email', type: 'email', autocomplete: 'username' },
  { name: 'key', label: 'API key', type: 'text', autocomplete: 'off' },
  { name: 'secret', label: 'API secret', type: 'password', autocomplete: 'off' },
] as const satisfies readonly SignInField[]

/** Values that a header can carry unchanged (RFC 9110, section 5.5), and of a length that servers take. */
const HEADER_VALUE = /^[\x20-\x7E]{1,512}$/

/**
 * Sign-in with the upstream's API credentials: key, secret and a member's e-mail address. They stay
 * valid until the upstream withdraws them, so there is nothing to renew.
 */
export function createApiCredentialsSignIn(options: {
  readonly headers: ApiCredentialHeaders
  readonly findMember: FindMember
}): FormSignIn {
  const { headers, findMember } = options

  return {
    kind: 'form',
    fields: FIELDS,
    accountField: 'email',
    async submit(values, requestId) {
      const [email = '', key = '', secret = ''] = FIELDS.map(({ name }) => values[name]?.trim())
      if (![email, key, secret].every((value) => HEADER_VALUE.test(value))) return null
      const credential: UpstreamCredential = {
        kind: 'headers',
        headers: { [headers.key]: key, [headers.secret]: secret, [headers.email]: email },
      }
      const member = await findMember(toHeaders(credential), requestId)
      // An upstream that overlooks the address would otherwise sign anyone in as the key's owner.
      return member?.email.toLowerCase() === email.toLowerCase() ? credential : null
    },
    renew: null,
  }
}
