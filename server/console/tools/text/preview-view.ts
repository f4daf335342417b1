import { previewTool, type ToolNames } from '../../../mcp/catalogue.ts'
import type { Tool } from '../../../mcp/tool.ts'
import type { ToolText } from '../../../store/tool-texts.ts'
import { MAX_MODEL_TEXT_BYTES, toModelText } from '../../../texts/model-text.ts'
import { countTokens } from './count-tokens.ts'

const NUMBER = new Intl.NumberFormat('en')

/** What a model will see of a tool, and how much of its attention that takes. */
export async function toPreviewView(tool: Tool, text: ToolText, names: ToolNames | 'auto') {
  const listed = previewTool(tool, text, names)
  const generated = previewTool(tool, tool, names)
  const tokens = await countTokens(JSON.stringify(listed))
  const difference = tokens - (await countTokens(JSON.stringify(generated)))
  const bytes = Buffer.byteLength(toModelText(text))
  return {
    json: JSON.stringify(listed, null, 2),
    size: `About ${NUMBER.format(tokens)} tokens (${describe(difference)}), estimated as OpenAI’s models count; others count a little differently. The text has ${NUMBER.format(bytes)} of at most ${NUMBER.format(MAX_MODEL_TEXT_BYTES)} bytes.`,
  }
}

function describe(difference: number): string {
  if (difference === 0) return 'as many as with the generated text'
  const count = NUMBER.format(Math.abs(difference))
  return `${count} ${difference > 0 ? 'more' : 'fewer'} than with the generated text`
}
