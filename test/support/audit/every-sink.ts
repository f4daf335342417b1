import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollector } from '../otlp-collector.ts'
import { startHttpReceiver } from './http-receiver.ts'
import { startSyslogReceiver } from './syslog-receiver.ts'

/** What a receiver has got, by the sink and its format. */
export type ReceivedTexts = Readonly<Record<string, string>>

/**
 * Starts a receiver for every kind of sink and every format, and a collector for spans.
 *
 * @param secrets what the web hook's URL and the collector's header hold
 */
export async function startEverySink(secrets: {
  readonly user: string
  readonly password: string
  readonly query: string
  readonly collectorToken: string
}) {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-sinks-'))
  const web = await startHttpReceiver({ tls: true })
  const syslog = await startSyslogReceiver({ tls: false })
  const collector = await startCollector()
  const spool = join(folder, 'spool')
  await writeFile(join(folder, 'ca.pem'), web.ca)
  const files = ['json', 'ocsf', 'cef'].map((format) => ({
    format,
    path: join(folder, `audit.${format}`),
  }))
  const hook = new URL(`${web.origin}/events`)
  hook.username = secrets.user
  hook.password = encodeURIComponent(secrets.password)
  hook.searchParams.set('token', secrets.query)

  const textsBelow = (path: string) =>
    collector.requests.flatMap((each) => (each.path === path ? [each.body] : [])).join('\n')

  return {
    env: {
      AUDIT_SINKS: [
        'stdout',
        ...files.map(({ format, path }) => `file:${path}#${format}`),
        `${hook.href}#ocsf`,
        `syslog+tcp://127.0.0.1:${syslog.port}#cef`,
        'otlp',
      ].join(),
      AUDIT_SPOOL: spool,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(secrets.collectorToken)}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    },
    /** The web hook takes nothing, so that everything stays in the spool, until it does. */
    holdBack: () => web.reply(() => ({ status: 503, headers: { 'retry-after': '1' } })),
    takeAll: () => web.reply(() => ({ status: 200 })),
    /** Every file of the spool, as it is now. */
    async readSpool(): Promise<string> {
      const entries = await readdir(spool, { recursive: true, withFileTypes: true })
      const held = entries.filter((each) => each.isFile())
      const texts = held.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'))
      return (await Promise.all(texts)).join('\n')
    },
    async readSinks(): Promise<ReceivedTexts> {
      const written = files.map(async ({ format, path }): Promise<readonly [string, string]> => [
        `file, ${format}`,
        await readFile(path, 'utf8'),
      ])
      return {
        ...Object.fromEntries(await Promise.all(written)),
        'https, ocsf': web.posts.map(({ body }) => body).join('\n'),
        'syslog, cef': syslog.messages.map((each) => JSON.stringify(each)).join('\n'),
        'otlp logs': textsBelow('/v1/logs'),
      }
    },
    readSpans: () => textsBelow('/v1/traces'),
    async [Symbol.asyncDispose]() {
      await Promise.all([web.close(), syslog.away(), collector.close()])
      await rm(folder, { recursive: true })
    },
  }
}
