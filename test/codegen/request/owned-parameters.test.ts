import { describe, expect, it } from '@jest/globals'
import { findGiver, type Giver } from '../../../codegen/request/owned-parameters.ts'
import type { WireParameter } from '../../../codegen/model.ts'

describe('findGiver', () => {
  const owned = {
    own: new Set(['header accept', 'header x-organization-id']),
    schemes: new Set(['header x-vendor-key', 'query key', 'cookie sid']),
  }

  it.each<[place: WireParameter['in'], name: string, required: boolean, giver: Giver]>([
    ['query', 'limit', true, 'caller'],
    ['header', 'X-Report-Kind', true, 'caller'],
    ['cookie', 'locale', false, 'caller'],
    ['header', 'ACCEPT', false, 'connector'],
    ['header', 'X-Organization-Id', true, 'connector'],
    ['query', 'Accept', false, 'caller'],
    ['header', 'X-VENDOR-KEY', true, 'connector'],
    ['query', 'key', true, 'connector'],
    ['query', 'Key', true, 'caller'],
    ['cookie', 'sid', false, 'connector'],
    ['path', 'key', true, 'caller'],
    ['query', 'access_token', false, 'credential'],
    ['header', 'X-API-Key', false, 'credential'],
    ['query', 'apikey', true, 'credential'],
    ['cookie', 'authToken', false, 'credential'],
    ['query', 'token', true, 'credential'],
    ['header', 'Token', true, 'credential'],
    ['query', 'token', false, 'caller'],
    ['query', 'page_token', true, 'caller'],
    ['path', 'token', true, 'caller'],
    ['query', '_method', false, 'write'],
    ['query', '_METHOD', true, 'write'],
  ])('in %s: %s (required: %s) is given by the %s', (place, name, required, giver) => {
    expect(findGiver({ in: place, name, required }, owned)).toBe(giver)
  })
})
