import { isList, isObject, objectAt, type Json, type JsonObject } from '../json.ts'
import { parsePointer, valueAt, type Path } from '../json-pointer.ts'
import { encodeSegment } from './uri-template.ts'
import type { ItemLinkModel, ResourcesModel, ToolModel } from '../model.ts'

/** As the server calls it. */
const URI_MEMBER = '_uri'
const URI_SCHEMA = { type: ['string', 'null'] }

type Shown = ItemLinkModel & { readonly member: string | null; readonly uri: string }

/** Adds the URIs that the server puts into lists to what is said of their answers. */
export function showUris(
  tools: readonly ToolModel[],
  resources: ResourcesModel | null,
): readonly ToolModel[] {
  if (resources === null) return tools
  const { lists, references } = resources
  const links = [...references, ...lists.map((link) => ({ ...link, member: null }))].flatMap(
    (link): readonly Shown[] => {
      const uri = tools.find(({ name }) => name === link.item)?.uri ?? null
      return uri === null ? [] : [{ ...link, uri }]
    },
  )
  return tools.map((tool) =>
    showIn(
      tool,
      links.filter((link) => link.tool === tool.name),
    ),
  )
}

function showIn(tool: ToolModel, links: readonly Shown[]): ToolModel {
  const { items } = tool.answer
  if (links.length === 0 || items === null) return tool
  const path = parsePointer(items)
  const { exampleAnswer, outputSchema } = tool
  const addToList = (list: Json) => (isList(list) ? list.map((item) => addUris(item, links)) : list)
  return {
    ...tool,
    exampleAnswer: changeAt(exampleAnswer, path, addToList),
    outputSchema: outputSchema === null ? null : describeUris(outputSchema, path, links),
  }
}

function addUris(item: Json, links: readonly Shown[]): Json {
  return links.reduce((shown, { member, id, argument, uri }) => {
    const path = member === null ? [] : [member]
    return changeAt(shown, path, (holder) => {
      if (!isObject(holder)) return holder
      const value = valueAt(holder, parsePointer(id))
      const isId = typeof value === 'string' || typeof value === 'number'
      const segment = isId ? encodeSegment(String(value)) : '…'
      return { ...holder, [URI_MEMBER]: uri.replace(`{${argument}}`, () => segment) }
    })
  }, item)
}

/** A list of its own is in `items` of what the schema describes. */
function describeUris(schema: JsonObject, path: Path, links: readonly Shown[]): JsonObject {
  const steps = (path.length === 0 ? ['items'] : path).flatMap((step) => ['properties', step])
  const described = links.reduce<Json>((shown, { member }) => {
    const inside = member === null ? [] : ['properties', member]
    return changeAt(shown, [...steps, 'items', ...inside, 'properties'], (properties) => ({
      ...objectAt(properties),
      [URI_MEMBER]: URI_SCHEMA,
    }))
  }, schema)
  return objectAt(described)
}

/** Copies a value with another one at a place; where there is no such place, nothing changes. */
function changeAt(value: Json, path: Path, change: (value: Json) => Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (!isObject(value)) return value
  const inner = Object.hasOwn(value, step) ? value[step] : undefined
  return inner === undefined ? value : { ...value, [step]: changeAt(inner, rest, change) }
}
