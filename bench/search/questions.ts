import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { z } from 'zod'
import { toIntentTool } from '../../server/intents/contract.ts'
import type { Connector } from '../../server/mcp/tool.ts'

/** A question, and the tools that answer it: any of them is right. */
export type Question = { readonly ask: string; readonly right: readonly string[] }

const file = z.array(z.strictObject({ ask: z.string().min(1), right: z.array(z.string()).min(1) }))

/** Every second question each: the ranking was tuned on the first half, and may not be on the other. */
export type Questions = {
  readonly tuned: readonly Question[]
  readonly heldOut: readonly Question[]
}

/**
 * Reads the questions about a connector.
 *
 * @param name of the file
 * @throws {Error} where a right answer is none of its tools
 */
export function readQuestions(name: string, { tools, intents }: Connector): Questions {
  const path = join(import.meta.dirname, `questions/${name}.yaml`)
  const questions = file.parse(load(readFileSync(path, 'utf8')))
  const asTools = intents.filter(({ tool }) => tool).map((intent) => toIntentTool(intent.name))
  const known = new Set([...tools.map((tool) => tool.name), ...asTools])
  const unknown = questions.flatMap(({ right }) => right).filter((each) => !known.has(each))
  if (unknown.length > 0) throw new Error(`${name}: no tool is called ${unknown.join(', ')}`)
  return {
    tuned: questions.filter((_, index) => index % 2 === 0),
    heldOut: questions.filter((_, index) => index % 2 === 1),
  }
}
