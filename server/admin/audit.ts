import { createChainSeal, toSealedJson } from '../audit/chain.ts'
import { parseSealedEvent } from '../audit/event-schema.ts'
import { formatEvent } from '../audit/formats/format-event.ts'
import { verifyChain, verifyChainCount, type ChainReport } from '../audit/verify.ts'
import { AUDIT_FORMATS, type AuditFormat } from '../config-sinks.ts'
import type { AuditEventStore } from '../store/audit-events.ts'
import type { Store } from '../store/store.ts'
import { defineCommand, type Command } from './command.ts'
import { Refusal, UsageError } from './failures.ts'
import { findOrganization } from './orgs.ts'
import { quote } from './output.ts'
import { parseMoment } from './parse-moment.ts'

const PAGE = 500

/** What is on record, and that it still is what was recorded. */
export const auditCommands: readonly Command[] = [
  defineCommand({
    name: 'audit verify',
    isRecorded: false,
    takes: '[--org ID]',
    about: [
      'Checks the chains of audit events, of all organizations or one: nothing removed, altered,',
      'inserted or moved, at neither end. Exit 1 says what was found. Needs SECRET_KEY.',
    ],
    options: { org: { type: 'string' } },
    operands: [0, 0],
    prepare:
      ({ org }) =>
      async (deployment) => {
        const store = await deployment.openStore()
        const { auditEvents } = store
        const secretKey = await deployment.readSecretKey()
        const seal = createChainSeal(Buffer.from(secretKey.reveal(), 'base64'))
        if (org !== undefined) await checkKnown(store, org)
        const chains = org === undefined ? await auditEvents.listChains() : [org]
        const reports: ChainReport[] = []
        for (const chain of chains) reports.push(await verifyChain(auditEvents, seal, chain))
        const missing = org === undefined ? await verifyChainCount(auditEvents, seal) : null
        return toVerdict(reports, missing)
      },
  }),
  defineCommand({
    name: 'audit export',
    isRecorded: false,
    takes: '--org ID|--none [--since TIME] [--until TIME] [--format json|ocsf|cef]',
    about: [
      'Prints the events of an organization, or with --none those that belong to none, a line each,',
      'in the order of their chain. TIME is a date (2026-03-01), a time (2026-03-01T08:00:00Z) or',
      'so long ago (90m, 24h, 30d).',
    ],
    options: {
      org: { type: 'string' },
      none: { type: 'boolean', default: false },
      since: { type: 'string' },
      until: { type: 'string' },
      format: { type: 'string', default: 'json' },
    },
    operands: [0, 0],
    prepare: (values) => {
      const { org, none } = values
      if (none === (org !== undefined)) throw new UsageError('give --org ID or --none')
      const format = AUDIT_FORMATS.find((each) => each === values.format)
      if (format === undefined) throw new UsageError(`--format must be ${AUDIT_FORMATS.join(', ')}`)
      const [readSince, readUntil] = [
        parseMoment(values.since, '--since'),
        parseMoment(values.until, '--until'),
      ]
      return async (deployment) => {
        const now = deployment.now()
        const [since, until] = [readSince(now), readUntil(now)]
        if (since !== undefined && since > now) throw new UsageError('--since is in the future')
        if (since !== undefined && until !== undefined && until <= since) {
          throw new UsageError('--until must be after --since')
        }
        const store = await deployment.openStore()
        if (org !== undefined) await checkKnown(store, org)
        const range = await store.auditEvents.findRange({
          organizationId: org ?? '',
          ...(since !== undefined && { since }),
          ...(until !== undefined && { until }),
        })
        const notes = range === null ? ['none'] : []
        if (range === null) return { json: [], lines: [], notes, facts: [] }
        const rows = readRange(store.auditEvents, org ?? '', range)
        return { json: [], lines: [], notes, facts: [], stream: toLines(rows, format) }
      }
    },
  }),
]

/** An organization that is known, or of which there is something on record. */
async function checkKnown(store: Store, id: string): Promise<void> {
  if ((await store.auditEvents.findHead(id)) === null) await findOrganization(store, id)
}

function toVerdict(reports: readonly ChainReport[], missing: string | null) {
  const problems = reports.flatMap((report) =>
    report.problems.map(({ sequence, what }) => {
      const place = sequence === null ? '' : `, event ${sequence}`
      return `${nameOf(report)}${place}: ${what}`
    }),
  )
  const lines = [...(missing === null ? [] : [missing]), ...problems]
  const isRefused = lines.length > 0
  const good = reports.map(
    (report) =>
      `${nameOf(report)}: ${report.events} event${report.events === 1 ? '' : 's'} as recorded` +
      (report.first > 1 ? `, from ${report.first} on` : ''),
  )
  return {
    json: {
      isIntact: !isRefused,
      chains: reports.map((report) => ({
        ...report,
        problems: report.problems.map((problem) => ({ ...problem })),
      })),
      missing,
    },
    lines: isRefused ? lines : good,
    notes: isRefused
      ? ['With another SECRET_KEY than the server has, every seal looks wrong.']
      : reports.length === 0
        ? ['none']
        : [],
    facts: [],
    isRefused,
  }
}

function nameOf({ organization }: ChainReport): string {
  return organization === null ? 'no organization' : `organization ${quote(organization)}`
}

/** All of the range, whatever the times in it, so that what is exported is a whole chain. */
async function* readRange(
  store: AuditEventStore,
  organizationId: string,
  { first, last }: { readonly first: number; readonly last: number },
) {
  for (let after = first - 1; ;) {
    const rows = await store.readChain(organizationId, after, PAGE)
    for (const row of rows) {
      if (row.sequence > last) return
      yield row
      after = row.sequence
    }
    if (rows.length < PAGE) return
  }
}

async function* toLines(rows: ReturnType<typeof readRange>, format: AuditFormat) {
  for await (const row of rows) {
    const event = parseSealedEvent(toSealedJson(row))
    if (event === null) {
      throw new Refusal(`event ${row.sequence} cannot be read: run "audit verify"`)
    }
    yield formatEvent(format, event)
  }
}
