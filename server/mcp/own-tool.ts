import { z } from 'zod'
import type { Identity } from '../access/identity.ts'
import { isRecord } from '../json.ts'
import { describeIssues } from './argument-report.ts'
import type { CallTool, ReadTool } from './call-tool.ts'
import { refuseToolCall } from './own-tools/refuse-tool-call.ts'
import type { Session } from './session.ts'
import type { JsonObject } from './tool.ts'
import type { ToolAnswer } from './tool-answer.ts'

/** A tool of the connector's own: it answers from other tools, or from what is known of the caller. */
export type OwnTool = OwnToolFacts & {
  /** JSON Schema (2020-12) of the arguments. */
  readonly inputSchema: JsonObject
  /** JSON Schema (2020-12) of `structuredContent`; `null` where none is given. */
  readonly outputSchema: JsonObject | null
  readonly answer: (call: OwnCall<unknown>) => Promise<ToolAnswer>
}

type OwnToolFacts = {
  /** `namespace.action`, or one word where a client looks for it. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Listed also where the catalogue is searched. */
  readonly pinned: boolean
  /** What a call with these arguments is on record as, and the scopes that it needs. */
  readonly describeCall: (args: unknown, organizationId: string) => DescribedCall
  /** Whether `tools/list` shows it to a caller whose scopes do not reach for all that it can do. */
  readonly isShownTo: (identity: Identity) => boolean
  /** Whether there is no such tool for an organization: what it needs is switched off. */
  readonly isOff: (organizationId: string) => boolean
}

/** What a call comes to. */
export type DescribedCall = {
  /** The name of a tool. */
  readonly tool: string
  readonly scopes: readonly string[]
}

/** One call of a tool of the connector's own. */
export type OwnCall<Args> = {
  readonly session: Session
  readonly args: Args
  /** The tools that it may use; each checks what it is called with, as for any other caller. */
  readonly tools: ToolAccess
}

/** How the other tools are reached. */
export type ToolAccess = { readonly call: CallTool; readonly read: ReadTool }

/** What most of them are: for everybody, always there, on record by their own name. */
export const FOR_EVERYBODY = { isShownTo: () => true, isOff: () => false } as const

/**
 * Makes such a tool. Arguments that its schema does not take are told as those of any other tool
 * are, and nothing runs.
 *
 * @param definition.input what is described here is what clients are shown
 * @param definition.output what its `structuredContent` is, where it gives one
 */
export function defineOwnTool<Input extends z.ZodObject>(
  definition: OwnToolFacts & {
    readonly input: Input
    readonly output?: z.ZodObject
    readonly answer: (call: OwnCall<z.output<Input>>) => Promise<ToolAnswer>
  },
): OwnTool {
  const { input, output, answer, ...facts } = definition
  const inputSchema = toJsonSchema(input, 'input')
  return {
    ...facts,
    inputSchema,
    outputSchema: output === undefined ? null : toJsonSchema(output, 'output'),
    answer({ session, args, tools }) {
      const parsed = input.safeParse(args, { reportInput: true })
      if (parsed.success) return answer({ session, args: parsed.data, tools })
      const text = describeIssues({ name: facts.name, inputSchema }, parsed.error.issues)
      return Promise.resolve(refuseToolCall(session, text))
    },
  }
}

function toJsonSchema(described: z.ZodObject, io: 'input' | 'output'): JsonObject {
  const schema = z.toJSONSchema(described, { io })
  const plain: unknown = JSON.parse(JSON.stringify({ ...schema, $schema: undefined }))
  if (!isJsonObject(plain)) throw new Error('a schema is an object')
  return plain
}

/** What was written as JSON is JSON. */
function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value)
}
