import type { Docs } from './docs.ts'

/** What the connector declares to clients, as the pages print it. */
export function listCapabilities({ resources }: Pick<Docs, 'resources'>): object {
  return { tools: {}, ...(resources !== null && { resources: {} }) }
}
