import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { dump, load } from 'js-yaml'
import { runInit } from '../../codegen/init/run-init.ts'
import { objectAt, toJson, type JsonObject } from '../../codegen/json.ts'
import { repeat, type Sample } from './repeat.ts'

const ROOT = join(import.meta.dirname, '../..')
const FEW = 10

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
try {
  const github = await proposeGithub(folder)
  const flowtly = join(ROOT, 'specs/flowtly')
  const rows: Row[] = []
  const add = async (name: string, args: readonly string[], runs: number) => {
    rows.push({ name, ...(await repeat(args, runs)) })
    process.stderr.write('.')
  }
  await add('JSON.parse of the 13 MB', ['parse', github.spec], 5)
  await add(`generate, ${FEW} tools`, ['generate', github.spec, github.few, join(folder, 'few')], 5)
  await add(
    `generate, ${github.tools} tools`,
    ['generate', github.spec, github.all, join(folder, 'all')],
    3,
  )
  const shipped = ['openapi.yaml', 'allow-list.yaml'].map((file) => join(flowtly, file))
  await add('generate, flowtly', ['generate', ...shipped, join(folder, 'flowtly')], 5)
  process.stderr.write('\n')
  console.log(renderRows(rows))
} finally {
  rmSync(folder, { recursive: true })
}

type Row = Sample & { readonly name: string }

/** Lets `init` allow every GET of GitHub's document, and keeps ten of the tools in another file. */
async function proposeGithub(folder: string) {
  const document = join(
    dirname(createRequire(import.meta.url).resolve('@octokit/openapi')),
    'generated/api.github.com.json',
  )
  const out = join(folder, 'github')
  const terminal = {
    input: process.stdin,
    output: process.stdout,
    now: () => new Date(0),
    credential: null,
  }
  await runInit({ spec: document, out, header: null, yes: true }, terminal)
  const spec = join(out, readdirSync(out).find((file) => /^openapi\.\w+$/.test(file)) ?? '')
  const all = join(out, 'allow-list.yaml')
  const allowList = objectAt(toJson(load(readFileSync(all, 'utf8'))))
  const few = join(folder, 'few.yaml')
  writeFileSync(few, dump(keepFew(allowList)))
  return { spec, all, few, tools: Object.keys(objectAt(allowList['tools'])).length }
}

/** Spread evenly, so that they reach as much of the document as ten tools do. */
function keepFew(allowList: JsonObject): JsonObject {
  const tools = Object.entries(objectAt(allowList['tools']))
  const step = Math.ceil(tools.length / FEW)
  const kept = tools.filter((_, index) => index % step === 0)
  const names = new Set(kept.map(([name]) => name.split('.')[0]))
  const namespaces = Object.entries(objectAt(allowList['namespaces']))
  return {
    ...allowList,
    namespaces: Object.fromEntries(namespaces.filter(([name]) => names.has(name))),
    tools: Object.fromEntries(kept),
  }
}

function renderRows(rows: readonly Row[]): string {
  const [parse, few] = rows
  const ratio = (row: Row, to: Row | undefined) =>
    to === undefined ? '' : `${(row.seconds / to.seconds).toFixed(1)} ×`
  const cells = rows.map((row) => [
    row.name,
    `${row.seconds.toFixed(2)} s`,
    `${row.fastest.toFixed(2)}–${row.slowest.toFixed(2)}`,
    `${row.peakMegabytes.toFixed(0)} MB`,
    ratio(row, parse),
    ratio(row, few),
  ])
  const head = ['', 'median', 'fastest–slowest', 'peak', 'to JSON.parse', `to ${FEW} tools`]
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0)),
  )
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
