import { describe, expect, it } from '@jest/globals'
import { createRealms, isTenantLabel } from '../../server/realm.ts'

const realms = createRealms({
  publicUrl: new URL('https://mcp.example.com:8443'),
  tenantHosts: '{tenant}.mcp.example.com',
})

describe('a realm', () => {
  it.each([
    ['acme.mcp.example.com', 'acme'],
    ['acme.mcp.example.com:8443', 'acme'],
    ['acme.mcp.example.com:9', 'acme'],
    ['ACME.MCP.EXAMPLE.COM', 'acme'],
    ['a-1.mcp.example.com', 'a-1'],
    ['mcp.example.com', ''],
    ['.mcp.example.com', ''],
    ['-acme.mcp.example.com', ''],
    ['a.b.mcp.example.com', ''],
    ['acme.mcp.example.com.evil.example', ''],
    ['evil.example', ''],
    ['acme_1.mcp.example.com', ''],
    [`${'a'.repeat(64)}.mcp.example.com`, ''],
    ['', ''],
  ])('of the host %j is %j', (host, label) => {
    expect(realms.ofHost(host).label).toBe(label)
  })

  it("has the public URL's scheme and port, whatever the request says", () => {
    expect(realms.ofHost('acme.mcp.example.com:1')).toEqual({
      label: 'acme',
      issuer: 'https://acme.mcp.example.com:8443',
      resource: 'https://acme.mcp.example.com:8443/mcp',
    })
    expect(realms.ofHost('evil.example').issuer).toBe('https://mcp.example.com:8443')
  })

  it.each(['mcp.example.com', 'mcp.example.com:443', 'MCP.example.com'])(
    "of the public URL's host, %s, is the connector's own, even where it looks like a tenant's",
    (host) => {
      const publicUrl = new URL('https://mcp.example.com')
      const { ofHost, ofLabel } = createRealms({ publicUrl, tenantHosts: '{tenant}.example.com' })

      expect(ofHost(host).label).toBe('')
      expect(ofLabel('mcp')?.label).toBe('')
      expect(ofHost('acme.example.com').label).toBe('acme')
    },
  )

  it('is always the same one without hosts of organizations', () => {
    const single = createRealms({
      publicUrl: new URL('https://mcp.example.com'),
      tenantHosts: null,
    })

    expect(single.ofHost('acme.mcp.example.com')).toEqual({
      label: '',
      issuer: 'https://mcp.example.com',
      resource: 'https://mcp.example.com/mcp',
    })
    expect(single.ofLabel('acme')).toBeNull()
  })
})

describe('a tenant label', () => {
  it.each(['', '-', 'a-', 'A', 'a.b', 'a/b', 'ä', 'a\n'])('is not %j', (text) => {
    expect(isTenantLabel(text)).toBe(false)
  })
})
