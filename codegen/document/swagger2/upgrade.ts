import type { Bundle } from '../bundle.ts'
import { compact, isObject, listAt, objectAt, stringsAt, without, type Json } from '../../json.ts'
import { toPointer, type Path } from '../../json-pointer.ts'
import { mapChildren, type Kind } from '../openapi-walk.ts'
import { upgradeOperation } from './operation.ts'
import { upgradeResponse } from './response.ts'
import { upgradeSecurityScheme } from './security-scheme.ts'
import { listServers } from './servers.ts'

/** Members of a document that OpenAPI 3 says in another place. */
const REPLACED = ['swagger', 'host', 'basePath', 'schemes', 'consumes', 'produces']

/**
 * Says a pruned Swagger 2.0 document in the words of OpenAPI 3.0, whose schemas have the same
 * dialect. Nothing below knows 2.0, but for three things that 3.0 cannot say and that are kept as
 * styles of their own: `tabDelimited`, and delimited lists in paths and headers.
 */
export function upgradeSwagger2({ document, url, place }: Bundle): Bundle {
  const origins = new Map<string, Path>()
  const components = objectAt(document['components'])
  const media = {
    consumes: stringsAt(document['consumes']),
    produces: stringsAt(document['produces']),
  }
  const paths = Object.entries(objectAt(document['paths'])).map(([path, item]): [string, Json] => {
    const { parameters, ...members } = objectAt(item)
    const shared = { list: listAt(parameters), path: ['paths', path, 'parameters'] }
    const upgraded = Object.entries(members).map(([method, operation]): [string, Json] => {
      const at: Path = ['paths', path, method]
      if (!isObject(operation)) return [method, operation ?? null]
      return [method, upgradeOperation(operation, { at, shared, components, media, origins })]
    })
    return [path, Object.fromEntries(upgraded)]
  })
  const responses = Object.entries(objectAt(components['responses'])).map(
    ([name, response]): [string, Json] => [
      name,
      upgradeResponse(
        objectAt(response),
        media.produces,
        ['components', 'responses', name],
        origins,
      ),
    ],
  )
  const schemes = Object.entries(objectAt(components['securitySchemes'])).map(
    ([name, scheme]): [string, Json] => [name, upgradeSecurityScheme(objectAt(scheme))],
  )
  const upgraded = compact({
    openapi: '3.0.4',
    ...without(document, [...REPLACED, 'paths', 'components']),
    servers: listServers(document),
    paths: Object.fromEntries(paths),
    components: compact({
      ...without(components, ['parameters']),
      responses: responses.length === 0 ? undefined : Object.fromEntries(responses),
      securitySchemes: schemes.length === 0 ? undefined : Object.fromEntries(schemes),
    }),
  })
  return {
    document: mapChildren(upgraded, 'document', withDiscriminator),
    url,
    place: (path) => place(originOf(origins, path)),
  }
}

/** The discriminator is an object in OpenAPI 3.0, of which 2.0 has the property's name. */
function withDiscriminator(node: Json, kind: Kind): Json {
  if (!isObject(node)) return node
  const mapped = mapChildren(node, kind, withDiscriminator)
  const { discriminator } = mapped
  if (kind !== 'schema' || typeof discriminator !== 'string') return mapped
  return { ...mapped, discriminator: { propertyName: discriminator } }
}

/** What stands elsewhere in the 2.0 document; the rest stands where it stood. */
function originOf(origins: ReadonlyMap<string, Path>, path: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const origin = origins.get(toPointer(path.slice(0, length)))
    if (origin !== undefined) return [...origin, ...path.slice(length)]
  }
  return path
}
