import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runInit } from '../../codegen/init/run-init.ts'
import { GenerationError } from '../../codegen/problem.ts'
import { run } from '../../codegen/run.ts'

/** What `init --yes` and `generate` made of a document. */
export type Outcome = {
  readonly seconds: number
  /** Of this process until then. */
  readonly peakMegabytes: number
  /** Why there is nothing, as it was reported; `null` where there is something. */
  readonly refusal: string | null
  /** The allow-list as it was written; empty where there is none. */
  readonly allowList: string
}

/** Where a folder keeps what `init` wrote, and what came of it. */
export const SPEC_FOLDER = 'spec'
export const OUTPUT_FOLDER = 'out'

/** Proposes a connector for a document below `folder`, and generates it. */
export async function proposeAndGenerate(document: string, folder: string): Promise<Outcome> {
  const started = performance.now()
  const spec = join(folder, SPEC_FOLDER)
  const refusal = await refusalOf(async () => {
    const terminal = {
      input: process.stdin,
      output: process.stdout,
      now: () => new Date(0),
      credential: null,
    }
    await runInit({ spec: document, out: spec, header: null, yes: true }, terminal)
    const name = readdirSync(spec).find((file) => /^openapi\.\w+$/.test(file)) ?? ''
    const { problems } = await run({
      jobs: [
        {
          spec: join(spec, name),
          bytes: null,
          allow: join(spec, 'allow-list.yaml'),
          out: join(folder, OUTPUT_FOLDER),
        },
      ],
      all: false,
      check: false,
      failOn: 'none',
      report: null,
    })
    if (problems.length > 0)
      throw new Error(`init proposed what does not generate: ${problems[0]?.what ?? ''}`)
  })
  return {
    seconds: (performance.now() - started) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    refusal,
    allowList: refusal === null ? readFileSync(join(spec, 'allow-list.yaml'), 'utf8') : '',
  }
}

/** A document may be refused; anything else that goes wrong is a crash. */
async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof GenerationError) return error.report()
    throw error
  }
}
