import type { Path } from '../json-pointer.ts'

/** Where a member stands in a text: the offsets of its key (of itself in a list) and of its value. */
export type MemberPosition = { readonly key: number; readonly value: number }

/**
 * Finds values in a text that `JSON.parse` has accepted, without a tree of it: a document of 13 MB
 * is asked for a few places only. Each object or list on the way is looked through once.
 *
 * @returns offset of the value, or of its key; a path that leads nowhere ends at its last known step
 */
export function createJsonPositions(text: string): (path: Path, on: 'key' | 'value') => number {
  const known = new Map<number, ReadonlyMap<string, MemberPosition>>()
  return (path, on) => {
    let here: MemberPosition = { key: skipSpace(text, 0), value: skipSpace(text, 0) }
    for (const step of path) {
      const members = known.get(here.value) ?? listMembers(text, here.value)
      known.set(here.value, members)
      const next = members.get(step)
      if (next === undefined) return here.value
      here = next
    }
    return on === 'key' ? here.key : here.value
  }
}

function listMembers(text: string, start: number): ReadonlyMap<string, MemberPosition> {
  const members = new Map<string, MemberPosition>()
  const isObject = text[start] === '{'
  if (!isObject && text[start] !== '[') return members
  for (let at = skipSpace(text, start + 1); at < text.length;) {
    if (text[at] === '}' || text[at] === ']') break
    if (text[at] === ',') {
      at = skipSpace(text, at + 1)
      continue
    }
    const key = at
    let name = String(members.size)
    if (isObject) {
      const end = skipString(text, at)
      name = readString(text.slice(at, end))
      at = skipSpace(text, skipSpace(text, end) + 1)
    }
    members.set(name, { key, value: at })
    at = skipSpace(text, skipValue(text, at))
  }
  return members
}

function readString(literal: string): string {
  const value: unknown = JSON.parse(literal)
  return String(value)
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (/\s/.test(text[at] ?? '')) at += 1
  return at
}

function skipString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end + 1
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}

const NEXT = /["{}[\]]/g
const SCALAR_END = /[\s,}\]]/g

function skipValue(text: string, start: number): number {
  if (text[start] === '"') return skipString(text, start)
  if (text[start] !== '{' && text[start] !== '[') {
    SCALAR_END.lastIndex = start
    return SCALAR_END.exec(text)?.index ?? text.length
  }
  let depth = 0
  let at = start
  for (;;) {
    NEXT.lastIndex = at
    const found = NEXT.exec(text)
    if (found === null) return text.length
    if (found[0] === '"') {
      at = skipString(text, found.index)
      continue
    }
    at = found.index + 1
    depth += found[0] === '{' || found[0] === '[' ? 1 : -1
    if (depth === 0) return at
  }
}
