import type { Connector } from '../../mcp/tool.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import type { AuditSummary } from '../../store/audit-summary.ts'
import { toMoment } from '../moment.ts'
import { drawChart } from './chart.ts'

/** The last day as the page shows it: figures, the drawing, and the same as a table. */
export function toActivityView(summary: AuditSummary, { tools }: Pick<Connector, 'tools'>) {
  const { calls, failures, members, buckets } = summary
  const titles = new Map(tools.map(({ name, title }) => [name, title]))
  return {
    figures: [
      { label: 'Calls', value: NUMBER.format(calls) },
      { label: 'Errors', value: NUMBER.format(failures) },
      { label: 'Members', value: NUMBER.format(members) },
    ],
    about: describe(summary),
    chart: drawChart(buckets),
    hours: buckets.map(({ startsAt, ...count }) => ({ ...count, at: toMoment(startsAt) })),
    empty: calls === 0 ? ['Nothing was called in the last 24 hours.'] : [],
    tools: summary.tools.map((each) => ({
      name: toDisplayText(each.tool),
      title: toDisplayText(titles.get(each.tool) ?? 'No longer a tool of this connector'),
      calls: NUMBER.format(each.calls),
      failures: NUMBER.format(each.failures),
    })),
  }
}

const NUMBER = new Intl.NumberFormat('en')

/** What the drawing shows, for whoever cannot see it. */
function describe({ calls, failures, buckets }: AuditSummary): string {
  const most = Math.max(0, ...buckets.map((each) => each.calls))
  const total = `${NUMBER.format(calls)} calls in 24 hours, ${NUMBER.format(failures)} of them failed.`
  return `${total} At most ${NUMBER.format(most)} in one hour.`
}
