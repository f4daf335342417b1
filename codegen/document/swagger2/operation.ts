import {
  compact,
  listAt,
  objectAt,
  stringsAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../../json.ts'
import { parsePointer, toPointer, type Path } from '../../json-pointer.ts'
import { toRequestBody } from './body.ts'
import { upgradeParameter } from './parameter.ts'
import { upgradeResponse } from './response.ts'

/** What an operation is upgraded with. */
export type OperationContext = {
  readonly at: Path
  /** The parameters of the path. */
  readonly shared: { readonly list: readonly Json[]; readonly path: Path }
  readonly components: JsonObject
  readonly media: { readonly consumes: readonly string[]; readonly produces: readonly string[] }
  /** By the pointer in the result: where it stands in the 2.0 document. */
  readonly origins: Map<string, Path>
}

const REPLACED = ['consumes', 'produces', 'schemes', 'parameters', 'responses']

type FoundParameter = { readonly node: JsonObject; readonly path: Path }

/** Says an operation in the words of OpenAPI 3.0; it gets the parameters of its path as well. */
export function upgradeOperation(operation: JsonObject, context: OperationContext): JsonObject {
  const { at, origins } = context
  const consumes = mediaTypes(operation['consumes']) ?? context.media.consumes
  const produces = mediaTypes(operation['produces']) ?? context.media.produces
  const found = listParameters(operation, context)
  const isBody = ({ node }: FoundParameter) => ['body', 'formData'].includes(textAt(node['in']))
  const parameters = found.filter((each) => !isBody(each))
  for (const [index, { path }] of parameters.entries()) {
    const pointer = toPointer([...at, 'parameters', String(index)])
    origins.set(pointer, path)
    origins.set(`${pointer}/schema`, path)
  }
  const bodies = found.filter(isBody)
  const [first] = bodies
  if (first !== undefined) origins.set(toPointer([...at, 'requestBody']), first.path)
  const responses = Object.entries(objectAt(operation['responses'])).map(
    ([code, response]): [string, Json] => [
      code,
      upgradeResponse(objectAt(response), produces, [...at, 'responses', code], origins),
    ],
  )
  return compact({
    ...without(operation, REPLACED),
    parameters:
      parameters.length === 0 ? undefined : parameters.map(({ node }) => upgradeParameter(node)),
    requestBody: toRequestBody(
      bodies.map(({ node }) => node),
      consumes,
    ),
    responses: Object.fromEntries(responses),
  })
}

/** The operation's own list replaces the document's, even where it is empty. */
function mediaTypes(list: Json | undefined): readonly string[] | null {
  return list === undefined ? null : stringsAt(list)
}

/** The operation's parameters over those of its path, references followed. */
function listParameters(
  operation: JsonObject,
  { at, shared, components }: OperationContext,
): readonly FoundParameter[] {
  const unique = new Map<string, FoundParameter>()
  const own = { list: listAt(operation['parameters']), path: [...at, 'parameters'] }
  for (const { list, path } of [shared, own]) {
    for (const [index, value] of list.entries()) {
      const node = objectAt(value)
      const ref = node['$ref']
      const found =
        typeof ref === 'string' ? follow(ref, components) : { node, path: [...path, String(index)] }
      unique.set(`${textAt(found.node['in'])} ${textAt(found.node['name'])}`, found)
    }
  }
  return [...unique.values()]
}

/** The bundle's references name a component, and lead somewhere. */
function follow(ref: string, components: JsonObject): FoundParameter {
  let path = parsePointer(ref.slice(1))
  for (let hops = 0; hops < 50; hops += 1) {
    const node = objectAt(objectAt(components['parameters'])[path.at(-1) ?? ''])
    if (typeof node['$ref'] !== 'string') return { node, path }
    path = parsePointer(node['$ref'].slice(1))
  }
  return { node: {}, path }
}
