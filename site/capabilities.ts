import type { Docs } from './docs.ts'

/** What the connector declares to clients, as the pages print it. */
export function listCapabilities({
  resources,
  prompts,
  intents,
}: Pick<Docs, 'resources' | 'prompts' | 'intents'>): object {
  const hasPrompts = prompts.length + intents.length > 0
  return {
    tools: {},
    ...(resources !== null && { resources: {} }),
    ...(hasPrompts && { prompts: {}, completions: {} }),
  }
}
