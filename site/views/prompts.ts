import type { DocsIntent, DocsPrompt } from '../docs.ts'
import type { SiteFacts } from '../facts.ts'
import { toSlug } from '../markdown/slug.ts'
import { when } from '../wording.ts'
import { toVariants } from './variants.ts'

/** All prompts: the example prompts, and what the connector answers with several reads. */
export function toPromptsView(facts: SiteFacts): object {
  const { prompts, intents } = facts.docs
  return {
    ...toVariants(facts),
    all: [...prompts, ...intents].map(({ name, title }) => ({ name, title, hash: toSlug(name) })),
    examples: prompts.map((prompt) => ({
      ...toPromptView(prompt),
      lines: prompt.text.split('\n').filter((line) => line !== ''),
      gaps: when(
        prompt.arguments.some(({ required }) => !required),
        {},
      ),
      attachments: when(prompt.attach.length > 0, { uris: prompt.attach }),
    })),
    questions: intents.map((intent) => ({
      ...toPromptView(intent),
      utterances: intent.utterances,
      tools: intent.tool === null ? [] : [intent.tool],
      stepwise: when(intent.tool === null, {}),
    })),
  }
}

function toPromptView(prompt: DocsPrompt | DocsIntent): object {
  const { name, title, description } = prompt
  const rows = prompt.arguments.map((argument) => ({
    name: argument.name,
    about: [argument.description, ...when(argument.values !== null, 'One of')].join(' '),
    values: argument.values ?? [],
    required: argument.required ? 'yes' : 'no',
  }))
  return { name, title, description, argumentTables: when(rows.length > 0, { rows }) }
}
