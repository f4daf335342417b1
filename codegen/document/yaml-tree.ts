import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Path } from '../json-pointer.ts'

/** A YAML text as a tree that knows where its nodes stand. */
export type YamlTree = {
  readonly document: ReturnType<typeof parseDocument>
  /** Offset of a value, or of its key; a path that leads nowhere ends at its last known step. */
  find(path: Path, on: 'key' | 'value'): number
}

/** Reads a text strictly; what is wrong with it is in `document.errors`, and the rest is still there. */
export function parseYamlTree(text: string): YamlTree {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' })
  return {
    document,
    find(path, on) {
      let node: unknown = document.contents
      let offset = startOf(node) ?? 0
      for (const [index, step] of path.entries()) {
        const next = stepInto(document, node, step)
        if (next === null) break
        const isLast = index === path.length - 1
        offset = (isLast && on === 'key' ? next.key : startOf(next.value)) ?? next.key ?? offset
        node = next.value
      }
      return offset
    },
  }
}

function stepInto(
  document: YamlTree['document'],
  node: unknown,
  step: string,
): { key: number | null; value: unknown } | null {
  const holder = isAlias(node) ? node.resolve(document) : node
  if (isSeq(holder)) {
    const value = holder.items[Number(step)]
    return value === undefined ? null : { key: startOf(value), value }
  }
  if (!isMap(holder)) return null
  for (const pair of holder.items) {
    if (keyText(pair.key) === step) {
      return { key: startOf(pair.key), value: pair.value ?? pair.key }
    }
  }
  return null
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null
}
