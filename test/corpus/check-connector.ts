import { Ajv2020 } from 'ajv/dist/2020.js'
import { join } from 'node:path'
import { checkClients } from '../../codegen/clients/check-clients.ts'
import type { Connector } from '../../server/mcp/tool.ts'
import { importConnector, judgeFolder } from '../requests/judge-folder.ts'
import type { Judgement } from '../requests/judgement.ts'
import { checkAgreement } from './check-agreement.ts'
import { OUTPUT_FOLDER } from './propose-and-generate.ts'

/** What was found in a generated connector. */
export type Findings = {
  /** The paths whose GET is a tool. */
  readonly paths: readonly string[]
  /** Schemas that do not compile, with the reason. */
  readonly brokenSchemas: readonly string[]
  /** What some client refuses. */
  readonly clientViolations: readonly string[]
  readonly accepted: number
  readonly refused: number
  readonly disagreements: readonly string[]
  readonly judgement: Judgement
}

/** How much of a connector is looked at. */
export type Budget = {
  readonly seed: number
  /** Arguments that fit, and as many that were changed, for every tool. */
  readonly argumentsPerTool: number
  readonly maxJudgedTools: number
}

/** Loads a generated connector, and holds it to what every connector keeps. */
export async function checkConnector(
  folder: string,
  source: string,
  budget: Budget,
): Promise<Findings> {
  const output = join(folder, OUTPUT_FOLDER)
  const connector = await importConnector(output)
  const agreements = connector.tools.map((tool) =>
    checkAgreement(tool, budget.argumentsPerTool, budget.seed),
  )
  return {
    paths: connector.tools.map(({ operation }) => operation.path),
    brokenSchemas: listBrokenSchemas(connector),
    clientViolations: listClientViolations(connector),
    accepted: agreements.reduce((sum, { accepted }) => sum + accepted, 0),
    refused: agreements.reduce((sum, { refused }) => sum + refused, 0),
    disagreements: agreements.flatMap(({ disagreements }) => disagreements),
    judgement: await judgeFolder({
      folder: output,
      source,
      isWidened: false,
      maxTools: budget.maxJudgedTools,
      callsPerTool: 5,
      seed: budget.seed,
    }),
  }
}

/** The catalogue as the server lists it: what `init` proposes must suit every client at once. */
function listClientViolations({ name, instructions, tools }: Connector): readonly string[] {
  const definitions = tools.map((tool) => ({
    name: tool.name,
    title: tool.title,
    description: [tool.description, tool.instructions ?? '']
      .filter((text) => text !== '')
      .join('\n\n'),
    inputSchema: tool.inputSchema,
    outputSchema: tool.outputSchema,
  }))
  return checkClients({ connector: name, instructions, tools: definitions, pinned: null })
    .filter(({ kind }) => kind === 'violation')
    .map(({ client, tool, what }) => `${client}: ${tool ?? 'all tools'}: ${what}`)
}

/** Compiles as a strict client would, to whom a keyword that it does not know is a mistake. */
function listBrokenSchemas({ tools }: Connector): readonly string[] {
  const ajv = new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    // A format is an annotation, and anybody may make one up (JSON Schema 2020-12, section 7.2.1).
    validateFormats: false,
    logger: false,
  })
  return tools.flatMap(({ name, inputSchema, outputSchema }) =>
    [inputSchema, ...(outputSchema === null ? [] : [outputSchema])].flatMap((schema) => {
      try {
        ajv.compile(schema)
        return []
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
      }
    }),
  )
}
