import { basename } from 'node:path/posix'
import { isObject, member, objectAt, textAt, type Json, type JsonObject } from '../json.ts'
import { parsePointer, toPointer, valueAt, type Path } from '../json-pointer.ts'
import { splitRef, type DocumentSource } from './load.ts'
import { refOf, type Kind } from './openapi-walk.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings, Place } from '../problem.ts'

/** A value of the document and where it stands; `file` is a key of `DocumentSource.files`. */
export type Located = { readonly value: Json; readonly file: string; readonly path: Path }

/** One operation of the document as it was found, before anything in it was resolved. */
export type OperationEntry = {
  /** `null` where the document gives none. */
  readonly operationId: string | null
  /** In upper case. */
  readonly method: string
  readonly path: string
  readonly pathItem: Located
  readonly operation: Located
}

/** OpenAPI's methods, in the order it lists them. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** Answers whether the document can be worked with, and reports why not. */
export function checkDocument({ main, files }: DocumentSource, findings: Findings): boolean {
  for (const { doubledKeys } of files.values()) {
    for (const { what, ...place } of doubledKeys)
      findings.warning(place, `${what}; the last one counts`)
  }
  const fail = (what: string, hint: string | null = null) => {
    findings.problem(placeIn(main, [], 'value'), what, hint)
    return false
  }
  if (!isObject(main.value)) return fail('is not an OpenAPI document')
  const { openapi, swagger, paths } = main.value
  const version = versionText(swagger ?? openapi)
  const isKnown = swagger === undefined ? /^3\.[0-2](?:\.|$)/ : /^2\.0$/
  if (!isKnown.test(version)) {
    const what =
      swagger === undefined ? '"openapi" must be 3.0.x, 3.1.x or 3.2.x' : '"swagger" must be 2.0'
    return fail(`${what}; found ${version === '' ? 'none' : JSON.stringify(version)}`)
  }
  return isObject(paths) || fail('has no "paths"')
}

/** Lists every operation of the document, in document order. Broken path items are skipped here. */
export function listOperations(source: DocumentSource): readonly OperationEntry[] {
  const paths = objectAt(objectAt(source.main.value)['paths'])
  return Object.entries(paths).flatMap(([path, value]) => {
    const start = { value, file: '', path: ['paths', path] }
    const pathItem = followRefs(source, start, 'pathItem')
    if (!path.startsWith('/') || 'broken' in pathItem || !isObject(pathItem.value)) return []
    const item = pathItem.value
    return METHODS.flatMap((method) => {
      const written = member(item, method)
      if (!isObject(written)) return []
      const start = { value: written, file: pathItem.file, path: [...pathItem.path, method] }
      const end = followRefs(source, start, 'operation')
      // One that leads nowhere is told of where it is copied.
      const operation = 'broken' in end ? start : end
      const { operationId } = objectAt(operation.value)
      return {
        operationId: typeof operationId === 'string' ? operationId : null,
        method: method.toUpperCase(),
        path,
        pathItem,
        operation,
      }
    })
  })
}

/** A reference that cannot be followed. */
export type BrokenRef = {
  readonly broken: string
  readonly hint: string | null
  /** Where the reference stands. */
  readonly at: Located
}

/** Follows references until something else is found; two that point at each other are broken. */
export function followRefs(
  source: DocumentSource,
  start: Located,
  kind: Kind,
): Located | BrokenRef {
  let here = start
  for (let hops = 0; hops < 50; hops += 1) {
    const ref = isObject(here.value) ? refOf(here.value, kind) : null
    if (ref === null) return here
    const next = followRef(source, ref, here)
    if ('broken' in next) return next
    here = next
  }
  return { broken: 'the references lead in a circle', hint: null, at: start }
}

/** Takes one step along a reference. */
export function followRef(source: DocumentSource, ref: string, at: Located): Located | BrokenRef {
  const fail = (why: string, hint: string | null = null): BrokenRef => ({
    broken: `the reference ${JSON.stringify(ref)} ${why}`,
    hint,
    at,
  })
  const target = splitRef(ref, at.file, basename(source.main.name))
  if ('refused' in target) return fail(target.refused)
  const refused = source.refused.get(target.file)
  if (refused !== undefined) return fail(refused)
  const file = source.files.get(target.file)
  if (file === undefined) return fail('names a file that was not read')
  if (!/^(?:\/|$)/.test(target.fragment)) return fail('is not a JSON Pointer')
  const path = parsePointer(target.fragment)
  const value = valueAt(file.value, path)
  if (value !== undefined) return { value, file: target.file, path }
  const siblings = Object.keys(objectAt(valueAt(file.value, path.slice(0, -1))))
  return fail('points to nothing', didYouMean(path.at(-1) ?? '', siblings))
}

/** Where something of the document stands, for a report. */
export function placeOf(
  source: DocumentSource,
  { file, path }: Pick<Located, 'file' | 'path'>,
): Place {
  return placeIn(source.files.get(file) ?? source.main, path, 'key')
}

/** The version that decides how schemas are read: 3.0 has its own dialect. */
export function isVersion30(document: JsonObject): boolean {
  return versionText(document['openapi']).startsWith('3.0')
}

/** YAML reads an unquoted version such as 3.0 as a number. */
function versionText(version: Json | undefined): string {
  if (typeof version !== 'number') return textAt(version)
  return Number.isInteger(version) ? version.toFixed(1) : String(version)
}

function placeIn(file: DocumentSource['main'], path: Path, on: 'key' | 'value'): Place {
  return { ...file.position(path, on), where: `#${toPointer(path)}` }
}
