import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { environment } from '../../server/config-environment.ts'
import { DRAIN_MS } from '../../server/listener.ts'
import { startWithDemo } from '../support/flowtly.ts'
import { START_COMMAND } from '../support/start-command.ts'

const DEPLOY = join(import.meta.dirname, '../../deploy')
/** After the calls that run, events on their way are written. */
const FLUSH_SECONDS = 5
const STOP_SECONDS = DRAIN_MS / 1000 + FLUSH_SECONDS

/** Variables of other programs and of the files themselves. */
const OTHERS = [
  'NODE_ENV',
  'SITE',
  'INSTANCES',
  'POSTGRES_USER',
  'POSTGRES_DB',
  'POSTGRES_PASSWORD',
  'NODE_COMPILE_CACHE',
]
const KNOWN = [...Object.keys(environment.shape), ...OTHERS]

const container = z.looseObject({
  image: z.string(),
  securityContext: z.looseObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  resources: z.looseObject({
    requests: z.looseObject({ cpu: z.string(), memory: z.string() }),
    limits: z.looseObject({ memory: z.string() }),
  }),
})

/** What every pod of ours has. */
const pod = z.looseObject({
  automountServiceAccountToken: z.literal(false),
  securityContext: z.looseObject({
    runAsNonRoot: z.literal(true),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  containers: z.array(container).length(1),
})

const probe = z.looseObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) })

const compose = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      read_only: z.boolean().optional(),
      stop_grace_period: z.string().optional(),
      environment: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

function read(path: string): string {
  return readFileSync(join(DEPLOY, path), 'utf8')
}

/** A file of one document. */
function parse(path: string): unknown {
  const [document, ...more] = parseAllDocuments(read(path), { merge: true })
  if (document === undefined || more.length > 0) throw new Error(`${path} is not one document`)
  const [error] = document.errors
  if (error !== undefined) throw new Error(`${path}: ${error.message}`)
  return document.toJS()
}

/** What a manifest has at a path of keys. */
function at(path: string, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => z.record(z.string(), z.unknown()).parse(value)[key],
    parse(path),
  )
}

describe('the manifests', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  beforeAll(async () => {
    running = await startWithDemo()
  })
  afterAll(() => running.close())

  it.each(globSync('**/*.{yaml,yml}', { cwd: DEPLOY }))('%s is YAML', (path) => {
    expect(parse(path)).toEqual(expect.any(Object))
  })

  it.each([['kubernetes/deployment.yaml'], ['kubernetes/migrate/job.yaml']])(
    '%s runs without root, without privileges, and on a root that nobody writes to',
    (path) => {
      expect(pod.safeParse(at(path, 'spec', 'template', 'spec')).error).toBeUndefined()
    },
  )

  it('probe addresses that the server has', async () => {
    const [connector] = pod.parse(
      at('kubernetes/deployment.yaml', 'spec', 'template', 'spec'),
    ).containers
    const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map(
      (name) => probe.parse(connector?.[name]).httpGet.path,
    )

    const statuses = await Promise.all(
      probes.map(async (path) => (await fetch(`${running.connector.url}${path}`)).status),
    )

    expect(statuses).toEqual([200, 200, 200])
  })

  it('start what `npm start` starts', () => {
    const [, command = ''] =
      /^ExecStart=\S+\/node (.+)$/m.exec(read('systemd/sluice.service')) ?? []

    expect(command.split(' ')).toEqual(START_COMMAND)
  })

  it('give a stop the time that it may take', () => {
    const { connector } = Object.fromEntries(
      Object.entries(compose.parse(parse('compose.yaml')).services).map(([name, service]) => [
        name.replace(/-\d$/, ''),
        service,
      ]),
    )
    const unit = /^TimeoutStopSec=(\d+)$/m.exec(read('systemd/sluice.service'))?.[1]
    const spec = z
      .looseObject({ terminationGracePeriodSeconds: z.number(), containers: z.array(z.unknown()) })
      .parse(at('kubernetes/deployment.yaml', 'spec', 'template', 'spec'))
    const [{ lifecycle }] = z
      .tuple([
        z.looseObject({
          lifecycle: z.object({
            preStop: z.object({ sleep: z.object({ seconds: z.number() }) }),
          }),
        }),
      ])
      .parse(spec.containers)

    expect(parseInt(connector?.stop_grace_period ?? '', 10)).toBeGreaterThan(STOP_SECONDS)
    expect(Number(unit)).toBeGreaterThan(STOP_SECONDS)
    expect(spec.terminationGracePeriodSeconds - lifecycle.preStop.sleep.seconds).toBeGreaterThan(
      STOP_SECONDS,
    )
  })

  it('start two instances that share nothing but the database and Redis', () => {
    const { services } = compose.parse(parse('compose.yaml'))
    const [one, two] = ['connector-1', 'connector-2'].map((name) => services[name])

    expect(one).toMatchObject({ read_only: true, environment: two?.environment })
    expect(one?.['volumes']).not.toEqual(two?.['volumes'])
    expect(one?.environment).toMatchObject({
      DATABASE_URL: expect.stringMatching(/^postgres:/),
      REDIS_URL: expect.stringMatching(/^redis:/),
    })
  })

  it('set only variables that the server reads', () => {
    const { services } = compose.parse(parse('compose.yaml'))
    const config = z.record(z.string(), z.string()).parse(at('kubernetes/config.yaml', 'data'))
    const named = [
      ...Object.values(services).flatMap((service) => Object.keys(service.environment ?? {})),
      ...[...read('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name),
      ...Object.keys(config),
      ...[...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name),
      ...[...read('systemd/sluice.service').matchAll(/^Environment=([A-Z_]+)=/gm)].map(
        ([, name = '']) => name,
      ),
      ...[...read('Dockerfile').matchAll(/^(?:ENV| {4}) ?([A-Z_]+)=/gm)].map(
        ([, name = '']) => name,
      ),
      ...[...read('caddy/Caddyfile').matchAll(/\{\$([A-Z_]+)/g)].map(([, name = '']) => name),
    ]

    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !KNOWN.includes(name))).toEqual([])
  })

  it('list every manifest of Kubernetes', () => {
    const listed = z.array(z.string()).parse(at('kubernetes/kustomization.yaml', 'resources'))
    const there = globSync('*.yaml', { cwd: join(DEPLOY, 'kubernetes') })

    expect([...listed, 'kustomization.yaml'].sort()).toEqual(there.sort())
  })
})
