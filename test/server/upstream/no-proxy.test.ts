import { describe, expect, it } from '@jest/globals'
import { Secret } from '../../../server/secret.ts'
import { createProxyRule } from '../../../server/upstream/network.ts'

const HTTP = 'http://plain.proxy:3128'
const HTTPS = 'http://secure.proxy:3128'

/** The proxy for an origin, where both are set. */
function proxyFor(origin: string, noProxy = ''): string | null {
  const rule = createProxyRule({
    httpProxy: new Secret(HTTP),
    httpsProxy: new Secret(HTTPS),
    noProxy,
  })
  return rule(origin)?.reveal() ?? null
}

describe('the proxy of an origin', () => {
  it('is the one of its scheme, and no other', () => {
    const onlyHttp = createProxyRule({
      httpProxy: new Secret(HTTP),
      httpsProxy: null,
      noProxy: '',
    })

    expect(proxyFor('https://api.example.com')).toBe(HTTPS)
    expect(proxyFor('http://api.example.com')).toBe(HTTP)
    expect(onlyHttp('https://api.example.com')).toBeNull()
  })

  it.each(['http://127.0.0.1:8788', 'http://localhost', 'https://[::1]:8443'])(
    'is none for %s, which is this machine',
    (origin) => {
      expect(proxyFor(origin)).toBeNull()
    },
  )

  it.each([
    ['*', 'https://api.example.com'],
    ['other, *', 'https://api.example.com'],
    ['*:443', 'https://api.example.com'],
    ['api.example.com', 'https://api.example.com'],
    ['API.Example.com', 'https://api.example.com'],
    ['api.example.com.', 'https://api.example.com'],
    ['api.example.com', 'https://api.example.com.'],
    ['example.com', 'https://api.example.com'],
    ['.example.com', 'https://api.example.com'],
    ['.example.com', 'https://example.com'],
    ['*.example.com', 'https://a.b.example.com'],
    ['a.test b.test', 'https://b.test'],
    ['a.test,,b.test', 'https://b.test'],
    ['api.example.com:443', 'https://api.example.com'],
    ['api.example.com:8443', 'https://api.example.com:8443'],
    ['example.com:80', 'http://api.example.com'],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['10.0.0.0/8', 'https://10.200.3.4:8443'],
    ['fd00::1', 'https://[fd00::1]'],
    ['[fd00::1]', 'https://[fd00::1]:8443'],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443'],
    ['fd00::/8', 'https://[fd12::1]'],
  ])('is none where NO_PROXY is %s, for %s', (noProxy, origin) => {
    expect(proxyFor(origin, noProxy)).toBeNull()
  })

  it.each([
    ['', 'https://api.example.com'],
    [' , ', 'https://api.example.com'],
    ['*:80', 'https://api.example.com'],
    ['*.example.com', 'https://example.com'],
    ['example.com', 'https://badexample.com'],
    ['example.com', 'https://example.com.evil.test'],
    ['api.example.com', 'https://example.com'],
    ['example.com:8443', 'https://example.com'],
    ['10.0.0.0/8', 'https://11.0.0.1'],
    ['10.0.0.0/33', 'https://10.0.0.1'],
    ['10.0.0.0/8', 'https://10.example.com'],
    ['[fd00::1]:443', 'https://[fd00::1]:8443'],
    ['fd00::/8', 'https://10.0.0.1'],
    ['https://api.example.com', 'https://api.example.com'],
    ['[', 'https://api.example.com'],
    [':443', 'https://api.example.com'],
  ])('stays where NO_PROXY is "%s", for %s', (noProxy, origin) => {
    expect(proxyFor(origin, noProxy)).toBe(HTTPS)
  })
})
