import { loadConnector } from '../server/connector.ts'
import { listCorpus, type VendorDocument } from '../test/corpus/documents.ts'
import {
  generateEveryGet,
  withShippedLogin,
  type GeneratedConnector,
} from '../test/support/generated-connector.ts'
import { describeMachine, renderMachine } from './load/this-machine.ts'
import { measureList, measureSearch, type SearchCost } from './search/measure-cost.ts'
import { measureRecall } from './search/measure-recall.ts'
import { readQuestions, type Questions } from './search/questions.ts'
import { renderCosts, renderMisses, renderRecall, type Asked, type Cost } from './search/report.ts'
import { createToolRouter } from '../server/mcp/own-tools/tool-router.ts'
import type { Connector } from '../server/mcp/tool.ts'

// How often a search finds the right tool, and what a catalogue that is searched costs.
const LARGE = { name: 'github', document: 'github__2022-api.github.com' }
const LARGEST = { name: 'kubernetes', document: 'kubernetes__swagger' }

const { gc } = globalThis
if (gc === undefined) throw new Error('run it with --expose-gc, as npm run bench:search does')
const collect = () => gc()

const asked: Asked[] = []
const costs: Cost[] = []
const { connector: flowtly } = await loadConnector('flowtly')
look('flowtly', flowtly, readQuestions('flowtly', flowtly))
const corpus = listCorpus()
if (corpus === null) process.stderr.write('skipped: ../shared/corpus (it is not there)\n')
else await lookInto(corpus)

console.log(`${renderMachine(describeMachine())}\n`)
console.log(`${renderRecall(asked)}\n\n${renderMisses(asked)}\n\n${renderCosts(costs)}`)

/** @param documents the corpus: GitHub's has the questions, Kubernetes' has the most tools */
async function lookInto(documents: readonly VendorDocument[]): Promise<void> {
  const questions = await generated(documents, LARGE.document, ({ connector }) => {
    const known = readQuestions(LARGE.name, connector)
    look(LARGE.name, connector, known)
    return Promise.resolve(known)
  })
  await generated(documents, LARGEST.document, async (largest) => {
    const connector = await withShippedLogin(largest.connector)
    const list = await measureList(largest, connector)
    costs.push(costOf(LARGEST.name, connector, questions, list))
  })
}

function look(name: string, connector: Connector, questions: Questions): void {
  const router = createToolRouter(connector, [])
  const { tuned, heldOut } = questions
  asked.push(
    { name: `${name}, tuned on`, recall: measureRecall(router, tuned) },
    { name: `${name}, held out`, recall: measureRecall(router, heldOut) },
  )
  costs.push(costOf(name, connector, questions, null))
}

function costOf(
  name: string,
  connector: Connector,
  { tuned, heldOut }: Questions,
  list: Cost['list'],
): Cost {
  const utterances = [...tuned, ...heldOut].map(({ ask }) => ask)
  const search: SearchCost = measureSearch(connector, utterances, collect)
  return { name, tools: connector.tools.length, search, list }
}

async function generated<Result>(
  documents: readonly VendorDocument[],
  name: string,
  use: (connector: GeneratedConnector) => Promise<Result>,
): Promise<Result> {
  const found = documents.find((document) => document.name === name)
  if (found === undefined) throw new Error(`../shared/corpus has no ${name}`)
  const made = await generateEveryGet(found)
  try {
    return await use(made)
  } finally {
    made.remove()
  }
}
