import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addJudgements, describeJudgement, unjudgedShare } from '../requests/judgement.ts'
import { listCorpus, OCTOKIT } from './documents.ts'
import { REASONS } from './explain-gets.ts'
import { renderTable } from './render-table.ts'
import { LANES, prepareProject, runWorkers, type Result } from './run-workers.ts'
import { typeCheck } from './type-check.ts'

/** Another seed draws other arguments: `CORPUS_SEED=$RANDOM npm test -- test/corpus`. */
const SEED = Number(process.env['CORPUS_SEED'] ?? 1)
const BUDGET = { seed: SEED, argumentsPerTool: 200, maxJudgedTools: 40 }
const MAX_UNJUDGED_SHARE = 0.1
const TEN_MINUTES_MS = 600_000

/** Reads nothing at all: every operation of it writes. */
const NOTHING_TO_READ = ['readme__security-multiple']

const corpus = listCorpus()
if (corpus === null) {
  if ((process.env['CI'] ?? '') !== '') throw new Error('../shared/corpus is required in CI')
  process.stderr.write('skipped: the documents of ../shared/corpus (they are not there)\n')
}

describe('documents as vendors publish them', () => {
  const project = mkdtempSync(join(tmpdir(), 'sluice-corpus-'))
  let results: readonly Result[] = []
  const reports = () =>
    results.flatMap(({ document, report }) =>
      report === null ? [] : [{ name: document.name, ...report }],
    )
  /** Everything that was found in any of them, with the document's name before it. */
  const listAll = (
    pick: (
      findings: NonNullable<ReturnType<typeof reports>[number]['findings']>,
    ) => readonly string[],
  ) =>
    reports().flatMap(({ name, findings }) =>
      findings === null ? [] : pick(findings).map((each) => `${name}: ${each}`),
    )

  beforeAll(async () => {
    prepareProject(project)
    results = await runWorkers([OCTOKIT, ...(corpus ?? [])], project, BUDGET)
    console.log(renderTable(results))
  }, TEN_MINUTES_MS)
  afterAll(() => rmSync(project, { recursive: true }))

  it('crash nothing', () => {
    expect(results.flatMap(({ crash }) => crash ?? [])).toEqual([])
  })

  it('become connectors, but for those that have nothing to read', () => {
    const refused = reports().flatMap(({ name, outcome: { refusal } }) =>
      refusal === null || NOTHING_TO_READ.includes(name) ? [] : [`${name}: ${refusal}`],
    )

    expect(refused).toEqual([])
  })

  it('give a tool for every GET, or a reason that a person can accept', () => {
    const unexplained = reports().flatMap(({ name, explained }) =>
      explained.unexplained.map((path) => `${name}: GET ${path}`),
    )
    const reasons = Map.groupBy(
      reports().flatMap(({ explained }) => explained.leftOut),
      ({ reason }) => reason,
    )
    console.log(
      REASONS.map(
        (reason) => `${String(reasons.get(reason)?.length ?? 0).padStart(4)}  ${reason}`,
      ).join('\n'),
    )

    expect(unexplained).toEqual([])
  })

  it(
    'give code that type-checks',
    async () => {
      const names = reports().flatMap(({ name, findings }) => (findings === null ? [] : [name]))
      const lanes = Array.from({ length: Math.min(LANES, names.length) }, (_, lane) =>
        names.filter((_name, index) => index % LANES === lane),
      )

      const complaints = await Promise.all(
        lanes.map((lane, index) => typeCheck(project, index, lane)),
      )

      expect(names).not.toEqual([])
      expect(complaints.join('')).toBe('')
    },
    TEN_MINUTES_MS,
  )

  it('give schemas that every client can compile', () => {
    expect(listAll(({ brokenSchemas }) => brokenSchemas)).toEqual([])
  })

  it('give tools that every client takes', () => {
    expect(listAll(({ clientViolations }) => clientViolations)).toEqual([])
  })

  it('give tools whose two judges of arguments agree', () => {
    const verdicts = reports().flatMap(({ findings }) => findings ?? [])
    const sum = (pick: 'accepted' | 'refused') =>
      verdicts.reduce((total, each) => total + each[pick], 0)
    console.log(
      `arguments (seed ${SEED}): ${sum('accepted')} accepted and ${sum('refused')} refused by zod and inputSchema alike`,
    )

    expect(listAll(({ disagreements }) => disagreements)).toEqual([])
    expect(sum('accepted')).toBeGreaterThan(0)
    expect(sum('refused')).toBeGreaterThan(0)
  })

  it('are sent what independent implementations read in them', () => {
    const all = addJudgements(reports().flatMap(({ findings }) => findings?.judgement ?? []))
    console.log(`requests (seed ${SEED}): ${describeJudgement(all)}`)

    expect(listAll(({ judgement }) => judgement.failures)).toEqual([])
    expect(unjudgedShare(all)).toBeLessThan(MAX_UNJUDGED_SHARE)
  })
})
