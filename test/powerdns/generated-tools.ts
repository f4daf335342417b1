import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  tools: z.record(
    z.string(),
    z.object({
      operation: z.string(),
      answer: z.object({
        items: z.string().nullable(),
        columns: z.array(z.string()).nullable(),
      }),
    }),
  ),
})

/** A tool as its manifest has it. */
export type GeneratedTool = {
  readonly name: string
  /** `GET /path`. */
  readonly operation: string
  /** JSON Pointer of the list in the answer; `null` where it is one record. */
  readonly items: string | null
  /** Dotted paths that are kept of each item; `null` keeps all. */
  readonly columns: readonly string[] | null
}

/** Reads the tools of a connector's folder. */
export function listGeneratedTools(folder: string): readonly GeneratedTool[] {
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
  const { tools } = manifestSchema.parse(JSON.parse(text))
  return Object.entries(tools).map(([name, { operation, answer }]) => ({
    name,
    operation,
    ...answer,
  }))
}
