/** Text of a document must not become a link, a picture or a mention in a review. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!@~&$+-]/g, '\\$&').replace(/\s+/g, ' ')
}
