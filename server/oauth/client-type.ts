import type { ClientType } from '../store/clients.ts'

/** Redirect hosts of hosted clients, as their documentation names them. */
const HOSTS: Readonly<Record<string, ClientType>> = {
  'claude.ai': 'claude',
  'claude.com': 'claude',
  'chatgpt.com': 'chatgpt',
  'chat.openai.com': 'chatgpt',
  'platform.openai.com': 'chatgpt',
}

/** Tells what kind of program registers, by where it wants its users sent back to. */
export function clientTypeOf(redirectUris: readonly string[]): ClientType {
  const types = redirectUris.map((uri) => HOSTS[redirectHostOf(uri)])
  return types.find((type) => type !== undefined) ?? 'other'
}

/**
 * Where a redirect URI leads, for people and for decisions: the host of an http(s) URI, the scheme
 * of any other, for example `cursor://`.
 */
export function redirectHostOf(uri: string): string {
  const url = URL.parse(uri)
  if (url === null) return ''
  return /^https?:$/.test(url.protocol) ? url.hostname : `${url.protocol}//`
}
