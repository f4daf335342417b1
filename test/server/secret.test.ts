import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { Secret } from '../../server/secret.ts'

describe('Secret', () => {
  const secret = new Secret('hunter2')

  it('reveals its text to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe('hunter2')
  })

  it.each([
    ['a template', () => String(secret)],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ['its own keys', () => JSON.stringify(Object.entries(secret))],
    ['a log line', () => logLine({ secret })],
  ])('is not seen in %s', (_name, print) => {
    expect(print()).not.toContain('hunter2')
  })
})

function logLine(facts: object): string {
  const lines: string[] = []
  pino({}, { write: (line) => void lines.push(line) }).info(facts)
  return lines.join('')
}
