import fc from 'fast-check'
import { compileJudge } from '../../codegen/schema/judge.ts'
import type { Json } from '../../codegen/json.ts'
import type { Tool } from '../../server/mcp/tool.ts'
import { arbitraryFor, mutatedFor } from '../support/schema-arbitrary.ts'

/** How often a tool's two judges were asked, and where they did not agree. */
export type Agreement = {
  readonly accepted: number
  readonly refused: number
  readonly disagreements: readonly string[]
}

/** Draws `runs` arguments that fit a tool's `inputSchema`, and as many that were changed somewhere. */
export function checkAgreement(tool: Tool, runs: number, seed: number): Agreement {
  const judge = compileJudge(tool.inputSchema)
  const disagreements: string[] = []
  let accepted = 0
  const drawn = [arbitraryFor(tool.inputSchema), mutatedFor(tool.inputSchema)].flatMap(
    (arbitrary): Json[] => fc.sample(arbitrary, { numRuns: runs, seed }),
  )
  for (const args of drawn) {
    const reason = judge(args)
    const isAccepted = tool.prepare(args).ok
    if (isAccepted) accepted += 1
    if (isAccepted === (reason === null)) continue
    const verdict = isAccepted
      ? `accepts what its inputSchema refuses (${reason ?? ''})`
      : 'refuses what its inputSchema accepts'
    disagreements.push(`${tool.name} ${verdict}: ${JSON.stringify(args)}`)
  }
  return { accepted, refused: drawn.length - accepted, disagreements }
}
