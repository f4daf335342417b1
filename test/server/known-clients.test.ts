import { describe, expect, it } from '@jest/globals'
import {
  clientTypeOf,
  isPrivateUseScheme,
  needsUnderscores,
  redirectHostOf,
  redirectUrisOf,
} from '../../server/known-clients.ts'

describe('a client', () => {
  it.each([
    ['https://claude.ai/api/mcp/auth_callback', 'claude.ai', 'claude', true],
    ['https://chatgpt.com/connector_platform_oauth_redirect', 'chatgpt.com', 'chatgpt', true],
    ['https://platform.openai.com/x', 'platform.openai.com', 'chatgpt', true],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor://', 'other', true],
    ['https://vscode.dev/redirect', 'vscode.dev', 'other', true],
    ['http://127.0.0.1:33418/callback', '127.0.0.1', 'other', false],
    ['https://claude.ai.evil.example/', 'claude.ai.evil.example', 'other', false],
    ['https://app.example/cb', 'app.example', 'other', false],
    ['com.example.app:/cb', 'com.example.app://', 'other', false],
    ['', '', 'other', false],
  ])('that is sent back to %s is known by it', (uri, host, type, underscored) => {
    expect(redirectHostOf(uri)).toBe(host)
    expect(clientTypeOf([uri])).toBe(type)
    expect(needsUnderscores(host)).toBe(underscored)
  })

  it.each(['claude', 'chatgpt', 'claude-code'] as const)(
    'of the type %s has redirect URIs that are its own',
    (type) => {
      const uris = redirectUrisOf(type)

      expect(uris).not.toEqual([])
      if (type !== 'claude-code') expect(clientTypeOf(uris)).toBe(type)
    },
  )

  it.each([
    ['cursor:', true],
    ['com.example.app:', true],
    ['javascript:', false],
    ['data:', false],
    ['https:', false],
    ['myapp:', false],
  ])('with the scheme %s is one: %s', (protocol, isOne) => {
    expect(isPrivateUseScheme(protocol)).toBe(isOne)
  })
})
