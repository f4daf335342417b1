import { describe, expect, it } from '@jest/globals'
import { decodeText } from '../../../server/upstream/decode-text.ts'

const UTF16 = Buffer.from('\ufeffZażółć', 'utf16le')
const XML = "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>"

describe('decodeText', () => {
  it.each([
    ['UTF-8 where nothing is said', 'text/plain', null, Buffer.from('Zażółć'), 'Zażółć'],
    ['UTF-8 without its mark', 'text/csv', null, Buffer.from('\ufeffa,b'), 'a,b'],
    ['Latin-1', 'text/plain', 'iso-8859-1', Buffer.from('é', 'latin1'), 'é'],
    ['Latin-1 by another name', 'text/plain', 'latin1', Buffer.from('é', 'latin1'), 'é'],
    ['UTF-16', 'text/plain', 'utf-16', UTF16, 'Zażółć'],
    ['XML as it declares itself', 'application/xml', null, Buffer.from(XML, 'latin1'), XML],
    ['XML as its answer says', 'text/xml', 'utf-8', Buffer.from(XML), XML],
  ])('reads %s', (_what, mediaType, charset, body, text) => {
    expect(decodeText(body, { mediaType, charset })).toBe(text)
  })

  it.each([
    ['bytes that are not UTF-8', null, Buffer.from('é', 'latin1'), 'the answer is not utf-8'],
    ['an unknown charset', 'klingon', Buffer.from('a'), /unknown charset "klingon"/],
  ])('refuses %s', (_what, charset, body, message) => {
    expect(() => decodeText(body, { mediaType: 'text/plain', charset })).toThrow(
      expect.objectContaining({
        name: 'UpstreamFailure',
        status: 502,
        message: expect.stringMatching(message),
      }),
    )
  })
})
