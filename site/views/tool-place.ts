import type { DocsTool } from '../docs.ts'
import { toSlug } from '../markdown/slug.ts'
import { namespacePath } from '../paths.ts'

/** Where a tool is described. */
export type ToolPlace = {
  readonly name: string
  readonly path: string
  readonly hash: string
}

/** Says where a tool is described: the heading on the page of its namespace. */
export function toToolPlace({ name }: Pick<DocsTool, 'name'>): ToolPlace {
  const [namespace = ''] = name.split('.')
  return { name, path: namespacePath({ name: namespace }), hash: toSlug(name) }
}
