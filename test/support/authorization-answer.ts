/** What an authorization request was answered with. */
export type AuthorizationAnswer = {
  readonly status: number
  readonly headers: Headers
  /** Where the browser is sent; `null` where a page says what is wrong. */
  readonly to: URL | null
  readonly text: string
}

/** Opens the address of an authorization request, and follows no redirect. */
export async function openAuthorization(address: string): Promise<AuthorizationAnswer> {
  const response = await fetch(address, { redirect: 'manual' })
  const location = response.headers.get('location')
  return {
    status: response.status,
    headers: response.headers,
    to: location === null ? null : new URL(location, address),
    text: await response.text(),
  }
}

/** What the client is told in the query of its redirect URI, without the prose. */
export function refusalIn({ to }: AuthorizationAnswer) {
  const query = to?.searchParams
  return {
    sentTo: `${to?.protocol ?? ''}//${to?.host ?? ''}${to?.pathname ?? ''}`,
    error: query?.get('error') ?? null,
    state: query?.get('state') ?? null,
    iss: query?.get('iss') ?? null,
    code: query?.get('code') ?? null,
  }
}
