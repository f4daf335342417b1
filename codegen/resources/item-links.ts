import { findAnswer, followPointer, itemsOf, stepInto, type Shape } from '../answer/answer.ts'
import type { SelectedTool } from '../allow-list/select.ts'
import { isListShape } from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import { objectAt } from '../json.ts'
import { toPointer } from '../json-pointer.ts'
import type { ResourcesModel, ToolModel } from '../model.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { nounKey, splitWords } from '../tool/words.ts'

type Context = {
  readonly selection: { readonly tools: readonly SelectedTool[] }
  readonly bundle: Bundle
}

/** A tool that reads one record of its namespace by one argument. */
type Reader = { readonly tool: ToolModel; readonly argument: string; readonly names: Names }

/** How the argument is called, here and upstream. */
type Names = readonly string[]

/**
 * Finds the lists whose items can be read by a URI, and the members of items that name a record of
 * another namespace. Nothing is guessed: the document has to show the id.
 */
export function findItemLinks(
  tools: readonly ToolModel[],
  { selection, bundle }: Context,
): Pick<ResourcesModel, 'lists' | 'references'> {
  const readers = tools.flatMap(toReader)
  const lists = tools.flatMap((tool) => {
    const shape = itemShapeOf(tool, selection.tools, bundle)
    return shape === null ? [] : [{ tool, shape }]
  })
  return {
    lists: lists.flatMap(({ tool, shape }) => {
      const reader = readers.find((each) => isListOf(tool, each.tool))
      const id = reader === undefined ? null : findId(bundle, shape, reader.names)
      if (reader === undefined || id === null) return []
      return [{ tool: tool.name, item: reader.tool.name, argument: reader.argument, id }]
    }),
    references: lists.flatMap(({ tool, shape }) =>
      membersOf(shape).flatMap((member) => {
        const reader = readers.find((each) => isNamedAfter(member, each.tool))
        const id =
          reader === undefined ? null : findReferenceId(bundle, shape, member, reader.names)
        if (reader === undefined || id === null || !isShown(tool, member, id)) return []
        const { argument } = reader
        return [{ tool: tool.name, member, item: reader.tool.name, argument, id }]
      }),
    ),
  }
}

function toReader(tool: ToolModel): readonly Reader[] {
  const { parts, uri, arguments: known } = tool
  const [argument, ...others] = [...(uri ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (parts.action !== 'get' || argument === undefined || others.length > 0) return []
  const names = known.flatMap(({ key, name }) => (key === argument ? [name, key] : []))
  return [{ tool, argument, names }]
}

/** `null` where the answer is no list, or the document does not describe it. */
function itemShapeOf(
  { name, answer }: ToolModel,
  selected: readonly SelectedTool[],
  bundle: Bundle,
): Shape | null {
  const operation = selected.find((each) => each.name === name)?.operation
  if (answer.items === null || operation === undefined) return null
  const shape = findAnswer(bundle, operation)
  const step = shape === null ? null : followPointer(bundle, shape, answer.items)
  return step?.found === 'shape' ? itemsOf(bundle, step.shape) : null
}

/** A namespace may list other things beside its own: the payments of a contract are no contracts. */
function isListOf(list: ToolModel, reader: ToolModel): boolean {
  if (list.parts.namespace !== reader.parts.namespace) return false
  const isOwnPath = reader.operation.path.replace(/\/\{[^{}]+\}$/, '') === list.operation.path
  const takesPath = list.arguments.some(({ wire }) => wire?.in === 'path')
  return isOwnPath || (['list', 'search'].includes(list.parts.action) && !takesPath)
}

/**
 * What the argument takes: a member of its own name, or `id` where the argument is called an id.
 * The `issue_number` of an issue is not its `id`.
 */
function findId(bundle: Bundle, shape: Shape, names: Names): string | null {
  const isId = names.some((name) => splitWords(name).at(-1) === 'id')
  const known = [...new Set([...names, ...(isId ? ['id'] : [])])]
  const found = known.find((name) => isScalar(memberOf(bundle, shape, name)))
  return found === undefined ? null : toPointer([found])
}

function findReferenceId(
  bundle: Bundle,
  shape: Shape,
  member: string,
  names: Names,
): string | null {
  const inner = memberOf(bundle, shape, member)
  return inner.length === 0 || isListShape(inner) ? null : findId(bundle, inner, names)
}

/** What the document says of a member; empty where it leaves that open. */
function memberOf(bundle: Bundle, shape: Shape, name: string): Shape {
  const step = stepInto(bundle, shape, name)
  return step.found === 'shape' ? step.shape : []
}

function isScalar(shape: Shape): boolean {
  const types = shape.flatMap(({ node }) => typesOf(node))
  return types.includes('string') || types.includes('integer')
}

function membersOf(shape: Shape): readonly string[] {
  return [...new Set(shape.flatMap(({ node }) => Object.keys(objectAt(node['properties']))))]
}

function isNamedAfter(member: string, { parts }: ToolModel): boolean {
  return nounKey(splitWords(member)) === nounKey(splitWords(parts.namespace))
}

/** A URI tells an id: one that the columns leave out stays untold. */
function isShown({ answer }: ToolModel, member: string, id: string): boolean {
  const { columns } = answer
  const column = `${member}.${id.slice(1)}`
  return columns === null || columns.includes(member) || columns.includes(column)
}
