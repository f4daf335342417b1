import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it } from '@jest/globals'
import { startSinks } from '../../../../server/audit/sinks/assemble.ts'
import { readConfig } from '../../../../server/config.ts'
import { startHttpReceiver } from '../../../support/audit/http-receiver.ts'
import { createMemoryOutbox } from '../../../support/audit/memory-outbox.ts'
import { readOtlpLogs } from '../../../support/audit/otlp-logs.ts'
import { createRecordedLog } from '../../../support/audit/recorded-log.ts'
import { numberedEvents } from '../../../support/audit/sealed-events.ts'
import { startSyslogReceiver } from '../../../support/audit/syslog-receiver.ts'
import { until } from '../../../support/until.ts'

it.each(['stdout#cef', 'file', 'file#ocsf', 'syslog+tls', 'syslog+tcp#cef', 'https', 'otlp'])(
  'delivers to %s as the environment says, and shows no secret of it',
  async (text) => {
    const web = await startHttpReceiver({ tls: text === 'https' })
    const syslog = await startSyslogReceiver({ tls: text === 'syslog+tls' })
    const folder = await mkdtemp(join(tmpdir(), 'sluice-audit-'))
    const [kind = '', format = ''] = text.split(/(?=#)/)
    const path = join(folder, 'audit.log')
    const targets: Readonly<Record<string, string>> = {
      file: `file:${path}`,
      https: `${web.origin.replace('://', '://siem:hunter2@')}/in?token=hunter3`,
    }
    const env = {
      AUDIT_SINKS: `${targets[kind] ?? (kind.startsWith('syslog') ? `${kind}://localhost:${syslog.port}` : kind)}${format}`,
      AUDIT_SINK_KEY: 'hunter4-signs-posts',
      OTEL_EXPORTER_OTLP_ENDPOINT: web.origin,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=hunter5',
    }
    const config = readConfig(env)
    const stdout = new PassThrough()
    const outbox = createMemoryOutbox()
    const { log, text: logged } = createRecordedLog()

    const running = startSinks({
      ...{ config: config.audit, otlp: config.otlp, connector: 'flowtly' },
      ...{ hostname: 'host-1', pid: 7, instanceId: 'instance-1', stdout },
      ca: kind === 'https' ? web.ca : syslog.ca,
      ...{ outbox, log, now: Date.now, random: Math.random },
    })
    outbox.append(numberedEvents(1, 3))
    await until(() => outbox.countPending('') === 0)
    const [status] = running.status()
    await running.close()
    const arrived = [
      String(stdout.read() ?? ''),
      await readFile(path, 'utf8').catch(() => ''),
      ...syslog.messages.map((message) => message.text),
      ...web.posts.map(({ body }) => (kind === 'otlp' ? JSON.stringify(readOtlpLogs(body)) : body)),
    ].join('')

    expect(arrived.match(/event-[123]/g)?.filter(isNew)).toEqual(['event-1', 'event-2', 'event-3'])
    expect(status).toMatchObject({ isHealthy: true, pending: 0, dropped: 0 })
    expect(status?.name.startsWith(kind === 'https' ? web.origin : kind)).toBe(true)
    expect(JSON.stringify(status) + logged()).not.toMatch(/hunter|siem/)
    await web.close()
    await syslog.away()
    await rm(folder, { recursive: true, force: true })
  },
)

/** An event may be there by its id in more than one place of a record. */
function isNew(id: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(id) === index
}
