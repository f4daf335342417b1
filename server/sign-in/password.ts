import type { Login, LoginRefresh } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { ask, findTextAt, textAt } from './ask.ts'
import { toBearer } from './bearer.ts'
import { nullIfRefused, SIGN_IN_REFUSED } from './refusal.ts'
import type { FormSignIn, RenewCredential, SignInField } from './sign-in.ts'

const FIELDS = [
  { name: 'username', label: 'Email', type: 'email', autocomplete: 'username' },
  { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
] as const satisfies readonly SignInField[]

/** Sign-in with the user name and password of the upstream, by the connector's login operation. */
export function createPasswordSignIn(options: {
  readonly login: Extract<Login, { kind: 'password' }>
  readonly upstream: UpstreamClient
}): FormSignIn {
  const { login, upstream } = options
  const { operation, refresh } = login

  return {
    kind: 'form',
    fields: FIELDS,
    accountField: 'username',
    async submit(values, requestId) {
      const username = values['username']?.trim() ?? ''
      const password = values['password'] ?? ''
      if (username === '' || password === '') return null
      return nullIfRefused(SIGN_IN_REFUSED, async () => {
        const send: Send = (open) => login.send(open, username, password)
        const answer = await ask(upstream, { operation, send }, {}, requestId)
        // Without a refresh token the sign-in is as good as any; it only cannot be renewed.
        const refreshToken = refresh === null ? null : findTextAt(answer, refresh.refreshToken)
        return toBearer(textAt(answer, login.token), refreshToken)
      })
    },
    renew: refresh === null ? null : createRenewal(refresh, upstream),
  }
}

type Send = Parameters<UpstreamClient['read']>[2]

function createRenewal(refresh: LoginRefresh, upstream: UpstreamClient): RenewCredential {
  const { operation } = refresh

  return async function renew(credential, requestId) {
    if (credential.kind !== 'bearer' || credential.refreshToken === null) return null
    const { refreshToken } = credential
    return nullIfRefused(SIGN_IN_REFUSED, async () => {
      const send: Send = (open) => refresh.send(open, refreshToken)
      const answer = await ask(upstream, { operation, send }, {}, requestId)
      // An answer without a new refresh token leaves the old one valid (RFC 6749, section 6).
      const next = findTextAt(answer, refresh.refreshToken) ?? refreshToken
      return toBearer(textAt(answer, refresh.token), next)
    })
  }
}
