import { verifyChain } from '../../audit/verify.ts'
import { compileTemplates } from '../../pages/compile-templates.ts'
import type { AuditRow } from '../../store/audit-rows.ts'
import type { AuditCursor } from '../../store/audit-search.ts'
import type { Answer } from '../answer.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { parseCursor, readPlace, toCursor, toPageLinks, type Place } from '../paging.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { OrganizationVisit } from '../visit.ts'
import { toEventView, toRowView } from './event-view.ts'
import { describeExport, exportEvents, parseFormat } from './export.ts'
import { toFilterView } from './filter-view.ts'
import { readNames } from './names.ts'
import { findProblem, readQuery, toFields, toFilter } from './query.ts'
import { toReportView } from './report-view.ts'
import { busy } from './texts.ts'
import { createTurns } from './turns.ts'

const AUDIT = '/console/audit'
const PAGE = 50

/** What is on record of an organization. */
export function auditRoutes({
  store,
  connector,
  chainSeal,
  now,
}: Pick<ConsoleServices, 'store' | 'connector' | 'chainSeal' | 'now'>): readonly ConsoleRoute[] {
  const { auditEvents } = store
  const turns = createTurns()
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['audit', 'event', 'verify'],
  })

  async function showList({ organization, query: given }: OrganizationVisit): Promise<Answer> {
    const query = readQuery(given)
    const problem = findProblem(given, query)
    const place = readPlace(given)
    const filter = toFilter(query, organization.id, now())
    const [found, seen, names] = await Promise.all([
      problem === null ? auditEvents.list(filter, PAGE + 1, toAuditCursor(place)) : [],
      auditEvents.listSeen(organization.id),
      readNames(store, organization.id),
    ])
    const rows = found.slice(0, PAGE)
    const last = found.length > PAGE ? rows.at(-1) : undefined
    return {
      kind: 'page',
      ...(problem !== null && { status: 422 }),
      template: template('audit'),
      heading: 'Audit',
      problem,
      context: {
        filter: toFilterView(query, seen, names),
        title: place.after === null ? 'Newest events' : 'Earlier events',
        none: rows.length === 0 ? ['No such event is on record.'] : [],
        tables: rows.length === 0 ? [] : [{ rows: rows.map((row) => toRowView(row, names)) }],
        pages: toPageLinks({
          ...{ path: AUDIT, fields: toFields(query), place },
          last: last === undefined ? null : toCursor(last.at, last.sequence),
        }),
        fields: Array.from(toFields(query), ([name, value]) => ({ name, value })),
      },
    }
  }

  /** By its place in the organization's own chain: nobody finds another's. */
  async function findEvent(organizationId: string, sequence: number): Promise<AuditRow | null> {
    const [row] = await auditEvents.readChain(organizationId, sequence - 1, 1)
    return row?.sequence === sequence ? row : null
  }

  return [
    forApprovers('GET', AUDIT, 'audit', showList),

    forApprovers('GET', `${AUDIT}/events/:sequence`, 'audit', async (visit) => {
      const sequence = Number(/^\d{1,15}$/.exec(visit.params['sequence'] ?? '')?.[0] ?? 0)
      const { id } = visit.organization
      const row = await findEvent(id, sequence)
      const event = row === null ? null : toEventView(row)
      if (event === null) return NONE
      const [older, newer] = [await findEvent(id, sequence - 1), await findEvent(id, sequence + 1)]
      return {
        kind: 'page',
        template: template('event'),
        heading: event.what,
        context: {
          event,
          beside: [
            ...(older === null ? [] : [{ ...older, rel: 'prev', label: 'The event before' }]),
            ...(newer === null ? [] : [{ ...newer, rel: 'next', label: 'The event after' }]),
          ],
        },
      }
    }),

    forApprovers('POST', `${AUDIT}/export`, 'audit', (visit) => {
      const { organization, form, record } = visit
      const format = parseFormat(form.get('format'))
      if (format === null) return Promise.resolve(NO_SUCH_COPY)
      const giveBack = turns.take(organization.id)
      if (giveBack === null) return Promise.resolve(BUSY)
      const body = exportEvents({
        ...{ store: auditEvents, format },
        filter: toFilter(readQuery(form), organization.id, now()),
        onEnd({ count, isWhole }) {
          giveBack()
          const outcome = isWhole ? 'success' : 'failure'
          const reason = isWhole ? format : 'not_read_whole'
          record({ type: 'audit.exported', outcome, reason, count })
        },
      })
      const about = describeExport(format, { connector: connector.name, at: now() })
      return Promise.resolve({ kind: 'download', ...about, body })
    }),

    forApprovers('GET', `${AUDIT}/verify`, 'audit', () =>
      Promise.resolve({
        kind: 'page',
        template: template('verify'),
        heading: 'Check the record',
        context: { reports: [] },
      }),
    ),

    forApprovers('POST', `${AUDIT}/verify`, 'audit', async ({ organization }) => {
      const giveBack = turns.take(organization.id)
      if (giveBack === null) return BUSY
      try {
        const report = await verifyChain(auditEvents, chainSeal, organization.id)
        return {
          kind: 'page',
          template: template('verify'),
          heading: 'Check the record',
          context: { reports: [toReportView(report)] },
        }
      } finally {
        giveBack()
      }
    }),
  ]
}

/** The newest page where no event could have such a place. */
function toAuditCursor({ after }: Place): AuditCursor | undefined {
  const cursor = parseCursor(after)
  const sequence = Number(cursor?.id)
  return cursor === null || !Number.isSafeInteger(sequence)
    ? undefined
    : { at: cursor.number, sequence }
}

const TO_AUDIT = { href: AUDIT, label: 'Audit' }

const NONE = { kind: 'problem', status: 404, text: notHere('event'), action: TO_AUDIT } as const

const NO_SUCH_COPY = {
  kind: 'problem',
  status: 404,
  text: notHere('kind of copy'),
  action: TO_AUDIT,
} as const

const BUSY = { kind: 'problem', status: 429, text: busy(), action: TO_AUDIT } as const
