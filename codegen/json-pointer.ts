import { isList, isObject, member, type Json } from './json.ts'

/** The members and indexes that lead from a root to a place. */
export type Path = readonly string[]

/** Writes a path as a JSON Pointer (RFC 6901). */
export function toPointer(path: Path): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Reads a JSON Pointer; `''` is the root. The text must be a pointer: see `isPointer`. */
export function parsePointer(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Answers whether a text is a JSON Pointer. */
export function isPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)
}

/** Looks up the value at a path; `undefined` where there is none. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root
  for (const step of path) {
    if (isObject(value)) value = member(value, step)
    else if (isList(value) && /^(?:0|[1-9]\d*)$/.test(step)) value = value[Number(step)]
    else return undefined
  }
  return value
}
