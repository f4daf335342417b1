import type { Intent } from '../../server/intents/contract.ts'
import { compact, toJson, type Json, type JsonObject } from '../json.ts'
import type { ConnectorModel, PromptModel } from '../model.ts'

/** What a connector offers beside its tools, as later runs compare it. */
export function describeOffers({
  catalogue,
  resources,
  intents,
  prompts,
  research,
}: ConnectorModel): JsonObject {
  return {
    catalogue: catalogue.mode,
    prefixes: resources?.allowPrefixes ?? [],
    intents: Object.fromEntries(intents.map((intent) => [intent.name, describeIntent(intent)])),
    prompts: Object.fromEntries(prompts.map((prompt) => [prompt.name, describePrompt(prompt)])),
    research: Object.fromEntries(research.map(({ namespace, ...facts }) => [namespace, facts])),
  }
}

function describeIntent(intent: Intent): JsonObject {
  const { note, ...made } = intent.result
  return compact({
    title: intent.title,
    description: intent.description,
    note,
    utterances: intent.utterances,
    tool: intent.tool,
    pinned: intent.pinned,
    arguments: Object.fromEntries(
      Object.entries(intent.arguments).map(([name, argument]): [string, Json] => [
        name,
        compact({
          type: argument.type,
          description: argument.description,
          required: argument.default === undefined && !argument.optional,
          values: argument.enum,
          minimum: argument.minimum,
          maximum: argument.maximum,
          default: argument.default === undefined ? undefined : toJson(argument.default),
        }),
      ]),
    ),
    steps: toJson(intent.steps),
    result: toJson(made),
  })
}

function describePrompt({ title, description, text, attach, arguments: own }: PromptModel) {
  const described = own.map(({ name, ...facts }): [string, Json] => [name, facts])
  return { ...{ title, description, text, attach }, arguments: Object.fromEntries(described) }
}
