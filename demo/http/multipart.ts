/** One part of a multipart form. */
export type FormPart = {
  /** `null` for a plain field. */
  readonly fileName: string | null
  /** Empty when the part does not say. */
  readonly contentType: string
  readonly bytes: Buffer
}

const LINE_END = '\r\n'

/**
 * Splits a multipart form (RFC 7578) into its parts by name; the last of a name wins.
 * Returns `null` for what is no such form.
 */
export function parseMultipart(
  body: Buffer,
  contentType: string,
): ReadonlyMap<string, FormPart> | null {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) return null
  const delimiter = Buffer.from(`${LINE_END}--${boundary}`)
  const parts = new Map<string, FormPart>()

  // The first delimiter has no line end before it; with one added, all are found alike.
  const text = Buffer.concat([Buffer.from(LINE_END), body])
  let at = text.indexOf(delimiter)
  while (at !== -1) {
    const start = at + delimiter.length
    if (text.toString('latin1', start, start + 2) === '--') return parts
    const end = text.indexOf(delimiter, start)
    const named = end === -1 ? null : parsePart(text.subarray(start, end))
    if (named === null) return null
    parts.set(named.name, named.part)
    at = end
  }
  return null
}

function parsePart(section: Buffer): { readonly name: string; readonly part: FormPart } | null {
  const gap = section.indexOf(LINE_END + LINE_END)
  if (gap === -1) return null
  const headers = section.toString('utf8', 0, gap)
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(headers)?.[1] ?? ''
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined) return null
  const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1]
  const type = /^content-type:\s*([^;\s]*)/im.exec(headers)?.[1] ?? ''
  return {
    name,
    part: {
      fileName: fileName === undefined ? null : unescapeName(fileName),
      contentType: type.toLowerCase(),
      bytes: section.subarray(gap + 4),
    },
  }
}

/** The HTML standard's form encoding: only these three are escaped in a file name. */
function unescapeName(fileName: string): string {
  return fileName.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')
}
