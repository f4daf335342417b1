import { intentSchema, type Intent } from '../../server/intents/contract.ts'
import type { Connector, ExamplePrompt } from '../../server/mcp/tool.ts'

/** A prompt of the allow-list, with what a test says of it. */
export function examplePrompt(facts: Partial<ExamplePrompt> & { readonly name: string }) {
  const { name } = facts
  return {
    ...{ title: `Title of ${name}`, description: `What ${name} does.` },
    ...{ arguments: [], text: `Do ${name}.`, attach: [] },
    ...facts,
  } satisfies ExamplePrompt
}

/** An argument that has to be given. */
export function promptArgument(
  name: string,
  facts: Partial<ExamplePrompt['arguments'][number]> = {},
) {
  return { name, description: `The ${name}.`, required: true, values: null, ...facts }
}

/** An intent that is a prompt only, and reads with these tools. */
export function promptIntent(name: string, tools: readonly string[], facts: object = {}): Intent {
  return {
    name,
    ...intentSchema.parse({
      ...{ title: `Title of ${name}`, description: `What ${name} does.`, utterances: [name] },
      steps: tools.map((tool, index) => ({ name: `step${index}`, tool })),
      result: { rows: '/steps/step0/data' },
      ...facts,
    }),
  }
}

/** A connector that has these prompts, and no others. */
export function withPrompts(
  connector: Connector,
  prompts: readonly ExamplePrompt[],
  intents: readonly Intent[] = [],
): Connector {
  return { ...connector, prompts, intents }
}
