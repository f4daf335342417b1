import { describe, expect, it } from '@jest/globals'
import * as texts from '../../../server/pages/texts.ts'

describe('the texts of the pages', () => {
  it.each([
    [1, 'Wait 1 minute,'],
    [15, 'Wait 15 minutes,'],
  ])('say to wait %i minutes', (minutes, words) => {
    expect(texts.tooManyAttempts({ minutes }).paragraphs.join(' ')).toContain(words)
  })

  it('name every role that can approve, and the person’s own', () => {
    const { paragraphs } = texts.notApprover({
      email: 'member@acme.example',
      organizations: [{ name: 'Acme', role: 'member' }],
      approverRoles: ['owner', 'admin', 'controller'],
    })

    expect(paragraphs.join(' ').replaceAll(/[\u2068\u2069]/g, '')).toBe(
      'You are signed in as member@acme.example. Your role is “member” in “Acme”. Only somebody with the role “owner”, “admin”, or “controller” can approve a connection. Ask one of them to make the connection, or use another account.',
    )
  })

  it('quote the code of a refusal with or without a description', () => {
    const refusal = (description: string | null) =>
      texts.refusedByServer({ error: 'invalid_client', description }).paragraphs.at(-1)

    expect(refusal(null)).toBe('invalid_client')
    expect(refusal('client is\r\ninvalid')).toBe('invalid_client: client is invalid')
    expect(refusal('x'.repeat(1_000))).toHaveLength('invalid_client: '.length + 300)
  })

  it('say what the operator says of a maintenance, or nothing', () => {
    const lines = (message: string | null) => texts.underMaintenance({ message }).paragraphs

    expect(lines(null)).toEqual([
      expect.stringContaining('worked on'),
      expect.stringMatching(/^Wait a few minutes/),
    ])
    expect(lines('Back on Sunday.')).toEqual([
      lines(null)[0],
      'Back on Sunday.',
      expect.stringMatching(/^Once it is over/),
    ])
    expect(lines('x'.repeat(1_000))[1]).toHaveLength(300)
  })

  it('do not tell a wrong password from an unknown account', () => {
    expect(texts.wrongCredentials()).not.toMatch(/password|account|unknown|exist/i)
  })
})
