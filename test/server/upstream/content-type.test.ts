import { describe, expect, it } from '@jest/globals'
import {
  isJsonType,
  isPageType,
  isTextType,
  parseContentType,
} from '../../../server/upstream/content-type.ts'

describe('parseContentType', () => {
  it.each([
    ['application/json', 'application/json', null],
    [' Application/JSON ; Charset = UTF-8 ', 'application/json', 'utf-8'],
    ['text/csv;header=present;charset="iso-8859-1"', 'text/csv', 'iso-8859-1'],
    ["text/plain; charset='utf-8'", 'text/plain', 'utf-8'],
    ['text/plain; charset=', 'text/plain', null],
    ['', null, null],
    ['json', null, null],
    ['text/', null, null],
    ['*/*', null, null],
    ['text/plain, text/html', null, null],
    [`text/${'x'.repeat(101)}`, null, null],
  ])('reads %j', (header, mediaType, charset) => {
    expect(parseContentType(header)).toEqual({ mediaType, charset })
  })
})

describe('a media type', () => {
  it.each([
    [
      'JSON',
      ['application/json', 'text/json', 'application/vnd.api+json', 'application/problem+json'],
    ],
    ['text', ['text/plain', 'text/csv', 'application/xml', 'image/svg+xml', 'application/yaml']],
    ['page', ['text/html', 'application/xhtml+xml']],
    ['file', ['application/pdf', 'image/png', 'application/octet-stream', 'application/zip']],
  ])('is known as %s', (kind, mediaTypes) => {
    for (const mediaType of mediaTypes) {
      expect([mediaType, isJsonType(mediaType)]).toEqual([mediaType, kind === 'JSON'])
      expect([mediaType, isTextType(mediaType)]).toEqual([
        mediaType,
        kind === 'text' || kind === 'page',
      ])
      expect([mediaType, isPageType(mediaType)]).toEqual([mediaType, kind === 'page'])
    }
  })
})
