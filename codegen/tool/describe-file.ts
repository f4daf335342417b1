import { isJsonType, parseMediaType } from '../document/media-type.ts'

/** What people call media types; the first that fits counts. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf$/, 'a PDF file'],
  [/^(?:text|application)\/csv$/, 'CSV'],
  [/^text\/html$/, 'HTML'],
  [/^(?:text|application)\/(?:[\w.-]+\+)?xml$/, 'XML'],
  [/^(?:text|application)\/(?:[\w.-]+\+)?(?:x-)?yaml$/, 'YAML'],
  [/^text\//, 'text'],
  [/^image\//, 'an image'],
  [/^audio\//, 'an audio file'],
  [/^video\//, 'a video'],
  [/^application\/(?:x-)?zip$/, 'a ZIP file'],
  [
    /^application\/vnd\.(?:ms-excel|openxmlformats-officedocument\.spreadsheetml\.)/,
    'an Excel file',
  ],
]

/** More than these would tell less. */
const MAX_NAMED = 3

/** Says what an operation answers with by its `Accept` header: `a PDF file or an image`. */
export function describeFile(accept: string): string {
  const types = accept.split(/,\s*/).flatMap((text) => parseMediaType(text) ?? [])
  const names = [...new Set(types.map(({ essence }) => nameOf(essence)))]
  return names.length > MAX_NAMED ? 'a file' : names.join(' or ')
}

function nameOf(essence: string): string {
  if (isJsonType(essence)) return 'JSON'
  return NAMES.find(([pattern]) => pattern.test(essence))?.[1] ?? 'a file'
}
