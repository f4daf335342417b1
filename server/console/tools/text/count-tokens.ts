/**
 * How many tokens a text is for OpenAI's models (o200k_base); other models count a little
 * differently. The tokenizer is loaded when it is first needed: it is large.
 */
export async function countTokens(text: string): Promise<number> {
  const tokenizer = await import('gpt-tokenizer/encoding/o200k_base')
  // Markers of the encoding are text here, whatever a text says.
  return tokenizer.countTokens(text, { disallowedSpecial: new Set() })
}
