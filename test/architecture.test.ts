import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const ROOT = join(import.meta.dirname, '..')

/** What each folder may import besides packages and itself; `types` counts as nothing at run time. */
const DIRECTIONS: Readonly<
  Record<string, { readonly code: readonly string[]; readonly types: readonly string[] }>
> = {
  codegen: {
    code: [
      // The contract of the intents, which the one writes and the other runs.
      'server/intents/contract.ts',
      // Whether a catalogue is searched, which the one says and the other does.
      'server/mcp/own-tools/is-searched.ts',
      'site/docs.ts',
      'site/neutral-deployment.ts',
      'site/pages.ts',
      'site/search/build-index.ts',
    ],
    types: ['site/facts.ts'],
  },
  demo: { code: [], types: [] },
  site: { code: [], types: [] },
  generated: { code: ['server/mcp/tool.ts'], types: ['server/mcp/tool.ts'] },
  'server/http': {
    code: ['server/telemetry/traceparent.ts'],
    types: ['server/access', 'server/mcp/exchange.ts'],
  },
  'server/telemetry': {
    code: ['server/http/route.ts'],
    types: [
      'server/audit',
      'server/config.ts',
      'server/http',
      'server/mcp/exchange.ts',
      'server/mcp/tool.ts',
    ],
  },
  'server/intents': {
    code: [],
    types: ['server/mcp', 'server/upstream'],
  },
  'server/store': { code: [], types: [] },
  'server/audit': {
    code: ['server/config.ts', 'server/upstream/retry-after.ts'],
    types: ['server/config.ts', 'server/config-sinks.ts', 'server/store', 'server/telemetry'],
  },
  'server/limits': {
    code: ['server/http', 'server/redis.ts'],
    types: ['server/store', 'server/telemetry'],
  },
  'server/upstream': {
    code: ['server/telemetry/attributes.ts'],
    types: ['server/mcp/tool.ts', 'server/telemetry/status.ts', 'server/telemetry/tracing.ts'],
  },
  'server/sign-in': {
    code: ['server/config.ts', 'server/upstream'],
    types: ['server/mcp/tool.ts', 'server/store'],
  },
  'server/pages': {
    code: ['server/http/encoded-body.ts'],
    types: ['server/http', 'server/sign-in'],
  },
  'server/access': {
    code: ['server/sign-in'],
    types: [
      'server/config.ts',
      'server/http',
      'server/mcp/tool.ts',
      'server/oauth/signing-keys.ts',
      'server/store',
      'server/upstream',
    ],
  },
  'server/oauth': {
    code: [
      'server/access',
      'server/audit',
      'server/http',
      'server/limits',
      'server/pages',
      'server/sign-in',
      'server/switches',
      'server/upstream',
    ],
    types: ['server/config.ts', 'server/mcp/tool.ts', 'server/store'],
  },
  'server/console': {
    code: [
      'server/access',
      'server/audit/chain.ts',
      'server/audit/event-schema.ts',
      'server/audit/verify.ts',
      'server/http',
      'server/limits',
      'server/mcp',
      'server/oauth/api-keys-only.ts',
      'server/oauth/client-record.ts',
      'server/oauth/client-refused.ts',
      'server/oauth/maintenance-page.ts',
      'server/pages',
      'server/sign-in',
      'server/switches',
      'server/texts',
      'server/upstream',
      'server/store/switches.ts',
      'server/version.ts',
      'site/connect-links.ts',
    ],
    types: [
      'server/audit',
      'server/config.ts',
      'server/config-sinks.ts',
      'server/services.ts',
      'server/store',
      'server/telemetry/status.ts',
      'site/docs.ts',
    ],
  },
  'server/texts': {
    code: [],
    types: ['server/audit', 'server/store', 'server/switches'],
  },
  'server/switches': { code: ['server/store/switches.ts'], types: ['server/http'] },
  'server/site': {
    // The numbers and names that its pages tell, from where they are kept.
    code: [
      'server/access',
      'server/config.ts',
      'server/connector.ts',
      'server/console/addresses.ts',
      'server/console/route.ts',
      'server/http',
      'server/limits',
      'server/mcp',
      'server/oauth',
      'server/pages',
      'server/store/sweep.ts',
      'server/upstream',
      'site',
    ],
    types: [],
  },
  'server/mcp': {
    code: [
      'server/access',
      'server/http',
      'server/intents',
      'server/limits',
      'server/switches',
      'server/telemetry',
      'server/texts',
      'server/upstream',
    ],
    types: ['server/audit', 'server/config.ts', 'server/services.ts', 'server/store'],
  },
}

/** Single files about one word each, which belong to no folder. */
const SHARED = [
  'basic-credentials',
  'client-name',
  'errors',
  'hash',
  'json',
  'known-clients',
  'loopback',
  'node-http',
  'once',
  'realm',
  'repeat',
  'scopes',
  'seal',
  'secret',
  'sqlite-busy',
  'until-aborted',
].map((name) => `server/${name}.ts`)

/** What every folder of the server may use. */
function shared(folder: string): readonly string[] {
  return folder.startsWith('server/') ? SHARED : []
}

type Import = { readonly file: string; readonly target: string; readonly isType: boolean }

function importsOf(folder: string): readonly Import[] {
  const files = globSync('**/*.ts', { cwd: join(ROOT, folder) }).map((file) => join(folder, file))
  return files.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const pattern =
      /^(?:import|export) (type )?[^'"]*?from '((?:\.|#server\/)[^']*)'|import\('(\.[^']*)'\)/gm
    return [...source.matchAll(pattern)].map(([, type, from, dynamic]) => {
      const specifier = from ?? dynamic ?? ''
      const target = specifier.startsWith('#server/')
        ? specifier.replace('#', '')
        : relative(ROOT, join(ROOT, dirname(file), specifier))
      return { file, target, isType: type !== undefined }
    })
  })
}

function isWithin(target: string, places: readonly string[]): boolean {
  return places.some((place) => target === place || target.startsWith(`${place}/`))
}

describe('the import directions', () => {
  it.each(Object.entries(DIRECTIONS))('%s imports only what it may', (folder, { code, types }) => {
    const imports = importsOf(folder)

    const strays = imports.filter(
      ({ target, isType }) =>
        !isWithin(target, [folder, ...code, ...shared(folder), ...(isType ? types : [])]),
    )

    expect(imports.length).toBeGreaterThan(0)
    expect(strays).toEqual([])
  })

  it('generated code imports nothing but zod, its own types and the tool contract', () => {
    const files = globSync('**/*.ts', { cwd: join(ROOT, 'generated') })
    const specifiers = files.flatMap((file) => {
      const source = readFileSync(join(ROOT, 'generated', file), 'utf8')
      return [...source.matchAll(/ from ['"]([^'"]+)['"]/g)].map(([, specifier = '']) => specifier)
    })

    const strays = specifiers.filter(
      (each) => !['zod', '#server/mcp/tool.ts'].includes(each) && !/^\.{1,2}\/[\w./-]+$/.test(each),
    )

    expect(specifiers.length).toBeGreaterThan(0)
    expect(strays).toEqual([])
  })

  it('reads the environment where a program begins, and nowhere else', () => {
    const readers = globSync('{server,codegen}/**/*.ts', { cwd: ROOT }).filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
    )

    expect(readers.sort()).toEqual([
      'codegen/cli.ts',
      'codegen/init/main.ts',
      'codegen/sync.ts',
      'server/admin/main.ts',
      'server/main.ts',
      'server/site/export/main.ts',
    ])
  })
})
