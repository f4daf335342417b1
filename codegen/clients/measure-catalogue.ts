import type { Catalogue, ToolDefinition } from './tool-definition.ts'

/** How much of a model's attention a tool takes. */
export type ToolSize = { readonly tool: string; readonly tokens: number; readonly bytes: number }

/** The size of a whole catalogue. */
export type CatalogueSize = {
  /** Of OpenAI's models; other models count a little differently. */
  readonly encoding: 'o200k_base'
  readonly tokens: number
  readonly bytes: number
  /** The biggest first. */
  readonly tools: readonly ToolSize[]
  /** The part of it that clients list; `null` where they list all of it. */
  readonly listed: { readonly tools: number; readonly tokens: number } | null
}

/** Counts the tokens of every tool as it is listed. The tokenizer is loaded only here: it is large. */
export async function measureCatalogue({ tools, pinned }: Catalogue): Promise<CatalogueSize> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  const sizes = tools.map((tool) => {
    const text = JSON.stringify(toListed(tool))
    // Markers of the encoding are text here, whatever a document says.
    const tokens = countTokens(text, { disallowedSpecial: new Set() })
    return { tool: tool.name, tokens, bytes: Buffer.byteLength(text) }
  })
  const sum = (key: 'tokens' | 'bytes', of = sizes) =>
    of.reduce((total, size) => total + size[key], 0)
  const listed = sizes.filter(({ tool }) => pinned?.includes(tool))
  return {
    encoding: 'o200k_base',
    tokens: sum('tokens'),
    bytes: sum('bytes'),
    tools: sizes.sort((left, right) => right.tokens - left.tokens),
    listed: pinned === null ? null : { tools: listed.length, tokens: sum('tokens', listed) },
  }
}

function toListed({ outputSchema, ...tool }: ToolDefinition): object {
  return outputSchema === null ? tool : { ...tool, outputSchema }
}
