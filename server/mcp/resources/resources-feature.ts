import type { Identity } from '../../access/identity.ts'
import { scopeOf } from '../../scopes.ts'
import type { Catalogue } from '../catalogue.ts'
import { LIST_HINT, type RpcFeature } from '../rpc-feature.ts'
import { refineSession } from '../session.ts'
import type { Connector } from '../tool.ts'
import { listResource, listTemplate } from './listing.ts'
import { toPage } from './page.ts'
import type { ReadResource } from './read-resource.ts'
import { createResourceIndex } from './resource-index.ts'

/** A record is as private as who may read it, and old as soon as it is read. */
const READ_HINT = { ttlMs: 0, cacheScope: 'private' } as const

/** Makes `resources/list`, `resources/templates/list` and `resources/read`. */
export function resourcesFeature(options: {
  readonly connector: Connector
  readonly catalogue: Pick<Catalogue, 'findReader'>
  readonly readResource: ReadResource
}): RpcFeature {
  const { connector, catalogue, readResource } = options
  const { single, templates } = createResourceIndex(connector)
  const resources = single.map((each) => ({
    tool: each.tool.name,
    listed: listResource(each, connector),
  }))
  const resourceTemplates = templates.map((each) => ({
    tool: each.tool.name,
    listed: listTemplate(each),
  }))

  /** What a caller could read: neither switched off for them nor out of their scopes. */
  function shownTo<Each extends { readonly tool: string }>(
    all: readonly Each[],
    { scopes, organization }: Identity,
  ): readonly Each[] {
    return all
      .filter(({ tool }) => scopes === null || scopes.includes(scopeOf(tool)))
      .filter(({ tool }) => catalogue.findReader(tool, organization.id) !== null)
  }

  return {
    capabilities: { resources: {} },
    cacheHints: {
      'resources/list': LIST_HINT,
      'resources/templates/list': LIST_HINT,
      'resources/read': READ_HINT,
    },
    register(server, { session, guard }) {
      server.setRequestHandler('resources/list', ({ params }) =>
        guard(() => {
          const shown = shownTo(resources, session.identity)
          const { items, ...next } = toPage(shown, ({ listed }) => listed.uri, params?.cursor)
          return { resources: items.map(({ listed }) => listed), ...next }
        }),
      )
      server.setRequestHandler('resources/templates/list', ({ params }) =>
        guard(() => {
          const shown = shownTo(resourceTemplates, session.identity)
          const { items, ...next } = toPage(shown, ({ tool }) => tool, params?.cursor)
          return { resourceTemplates: items.map(({ listed }) => listed), ...next }
        }),
      )
      server.setRequestHandler('resources/read', ({ params }, { mcpReq }) =>
        guard(() => {
          const signal = AbortSignal.any([session.signal, mcpReq.signal])
          const own = { ...refineSession(session, mcpReq._meta ?? {}), signal }
          return readResource(own, params.uri)
        }),
      )
    },
  }
}
