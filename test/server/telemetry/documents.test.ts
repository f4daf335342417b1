import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { isRecord } from '../../../server/json.ts'
import { EVERY_PART, serveTelemetry } from '../../support/all-figures.ts'
import { scrape, type Scrape } from '../../support/scrape.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** What Prometheus adds to every sample. */
const TARGET_LABELS = ['instance', 'job']
const RUNBOOK = [
  ...['store-away', 'redis-away', 'upstream-failing', 'audit-sink-down', 'disk-full'],
  ...['rate-limited', 'errors', 'slow'],
]

const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** The label names of each figure, in a scrape in which every figure has a sample. */
type Labels = ReadonlyMap<string, ReadonlySet<string>>

let figures: Scrape
let labels: Labels

beforeAll(async () => {
  await using served = await serveTelemetry(EVERY_PART)
  await fetch(`${served.url}/mcp`, { method: 'POST' })
  figures = await scrape(served.url)
  labels = labelsOf(figures)
})

function labelsOf({ types, samples }: Scrape): Labels {
  const found = new Map<string, Set<string>>()
  for (const sample of samples) {
    const name = types.has(sample.name)
      ? sample.name
      : sample.name.replace(/_(?:bucket|sum|count)$/, '')
    const names = found.get(name) ?? new Set()
    for (const label of Object.keys(sample.labels)) if (label !== 'le') names.add(label)
    found.set(name, names)
  }
  return found
}

/** Figures and labels that a PromQL expression names. */
function readExpression(expression: string) {
  const plain = expression.replace(/\[[^\]]*\]/g, '').replace(/label_values\((.*), \w+\)/, '$1')
  const named = [...plain.replace(/\{[^}]*\}/g, '').matchAll(/\b(?:sluice|nodejs|process)_\w+/g)]
  const matchers = [...plain.matchAll(/\{([^}]*)\}/g)].flatMap(([, body = '']) =>
    [...body.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"[^"]*"/g)].map(([, label = '']) => label),
  )
  const grouped = [...plain.matchAll(/\b(?:by|on|without) \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(',').map((each) => each.trim()),
  )
  return { figures: named.map(([name]) => name), labels: [...matchers, ...grouped] }
}

/** What is wrong with an expression; empty where nothing is. */
function findMistakes(expression: string): readonly string[] {
  const named = readExpression(expression)
  const bases = named.figures.map((name) => {
    const base = name.replace(/_(?:bucket|sum|count)$/, '')
    return figures.types.get(base) === 'histogram' ? base : name
  })
  const known = new Set(bases.flatMap((base) => [...(labels.get(base) ?? [])]))
  const isHistogram = named.figures.some((name) => name.endsWith('_bucket'))
  const allowed = new Set([...known, ...TARGET_LABELS, ...(isHistogram ? ['le'] : [])])
  return [
    ...(bases.length === 0 ? ['it names no figure'] : []),
    ...bases.filter((base) => !figures.types.has(base)).map((base) => `there is no ${base}`),
    ...named.figures
      .filter((name) => figures.types.get(name) === 'histogram')
      .map((name) => `${name} is a histogram`),
    ...named.labels.filter((label) => !allowed.has(label)).map((label) => `no label ${label}`),
    ...(['()', '{}', '[]'] as const)
      .filter(([open, close]) => count(expression, open) !== count(expression, close))
      .map((pair) => `unbalanced ${pair}`),
  ]
}

function count(text: string, part = ''): number {
  return text.split(part).length
}

function stringsAt(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => stringsAt(each, key))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, each]) =>
    name === key && typeof each === 'string' ? [each] : stringsAt(each, key),
  )
}

describe('the judge of expressions', () => {
  it.each([
    ['sluice_no_such_figure == 1', 'there is no sluice_no_such_figure'],
    ['sluice_store_up{tool="x"} == 0', 'no label tool'],
    ['sum by (sink) (sluice_store_up)', 'no label sink'],
    [
      'rate(sluice_upstream_duration_seconds[5m])',
      'sluice_upstream_duration_seconds is a histogram',
    ],
    ['sum(sluice_store_up', 'unbalanced ()'],
    ['up == 0', 'it names no figure'],
  ])('finds the mistake in %s', (expression, mistake) => {
    expect(findMistakes(expression)).toContain(mistake)
  })
})

describe('deploy/grafana/sluice.json', () => {
  const dashboard: unknown = JSON.parse(readText('deploy/grafana/sluice.json'))

  it('asks for figures and labels that are there', () => {
    const expressions = stringsAt(dashboard, 'expr')
    const variables = stringsAt(dashboard, 'definition')

    const mistakes = [...expressions, ...variables].map((each) => [each, findMistakes(each)])

    expect(expressions.length).toBeGreaterThan(20)
    expect(mistakes.filter(([, found]) => found?.length !== 0)).toEqual([])
  })

  it('can be imported into any Grafana: the data source is chosen there', () => {
    const uids = stringsAt(dashboard, 'uid').filter(
      (uid) => !['sluice', '-- Grafana --'].includes(uid),
    )

    expect(new Set(uids)).toEqual(new Set(['${datasource}']))
    expect(dashboard).toMatchObject({
      uid: 'sluice',
      schemaVersion: 39,
      templating: {
        list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }, {}, {}],
      },
    })
  })

  it('has panels that do not lie upon each other', () => {
    const panels =
      isRecord(dashboard) && Array.isArray(dashboard['panels']) ? dashboard['panels'] : []
    const cells = panels.flatMap((panel: unknown) => {
      const place = isRecord(panel) && isRecord(panel['gridPos']) ? panel['gridPos'] : {}
      const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => Number(place[name]))
      return Array.from({ length: Number(w) * Number(h) }, (_, index) => {
        return `${Number(x) + (index % Number(w))}:${Number(y) + Math.floor(index / Number(w))}`
      })
    })

    expect(cells.length).toBeGreaterThan(500)
    expect(new Set(cells).size).toBe(cells.length)
  })
})

describe('deploy/prometheus/alerts.yaml', () => {
  const file: unknown = parse(readText('deploy/prometheus/alerts.yaml'))
  const groups = isRecord(file) && Array.isArray(file['groups']) ? file['groups'] : []
  const rules = groups.flatMap((group: unknown) =>
    isRecord(group) && Array.isArray(group['rules']) ? group['rules'].filter(isRecord) : [],
  )

  it.each(rules.map((rule) => [String(rule['alert']), rule] as const))(
    '%s is sound',
    (name, rule) => {
      const annotations = isRecord(rule['annotations']) ? rule['annotations'] : {}
      const severity = isRecord(rule['labels']) ? rule['labels']['severity'] : null
      const text = [
        ...stringsAt(annotations, 'summary'),
        ...stringsAt(annotations, 'description'),
      ].join()
      const expression = String(rule['expr'])
      const told = [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label)
      const known = readExpression(expression).figures.flatMap((figure) => [
        ...(labels.get(figure) ?? []),
      ])

      expect(name).toMatch(/^Sluice[A-Z]/)
      expect(findMistakes(expression)).toEqual([])
      expect(['critical', 'warning', 'info']).toContain(severity)
      expect(rule['for'] ?? '1m').toMatch(/^\d+m$/)
      expect(told.filter((label) => ![...known, ...TARGET_LABELS].includes(label))).toEqual([])
      expect(RUNBOOK.map((anchor) => `docs/operations.md#${anchor}`)).toContain(
        annotations['runbook'],
      )
    },
  )

  it('knows every section of the runbook, and no alert twice', () => {
    const used = new Set(stringsAt(file, 'runbook').map((each) => each.split('#')[1]))
    const names = rules.map((rule) => rule['alert'])

    expect([...used].sort()).toEqual([...RUNBOOK].sort())
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('docs/metrics.md', () => {
  it('has every figure with its type, its labels and its meaning, and no other', () => {
    const rows = [
      ...readText('docs/metrics.md').matchAll(/^\| `(\w+)` +\| (\w+) +\| (.*?) +\| (.*?) +\|$/gm),
    ].map(([, name = '', type = '', labelled = '', meaning = '']) => {
      const names = [...labelled.matchAll(/`(\w+)`/g)].map(([, label = '']) => label)
      return [name, type, names.sort().join(), meaning]
    })

    const help = [...figures.text.matchAll(/^# HELP (\S+) (.*)$/gm)]
    const there = help.map(([, name = '', meaning = '']) => {
      const own = [...(labels.get(name) ?? [])]
      return [name, figures.types.get(name), own.sort().join(), meaning]
    })

    const byName = (a: readonly unknown[], b: readonly unknown[]) =>
      String(a[0]) < String(b[0]) ? -1 : 1
    expect(rows.sort(byName)).toEqual(there.sort(byName))
  })
})
