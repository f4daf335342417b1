/** A dotted path in braces, as of columns. */
const PLACEHOLDER = /\{([^{}\s]+)\}/g

/** The paths that a template names, each once; `null` for braces that hold none. */
export function findPaths(template: string): readonly string[] | null {
  if (/[{}]/.test(template.replaceAll(PLACEHOLDER, ''))) return null
  return [...new Set([...template.matchAll(PLACEHOLDER)].map(([, path = '']) => path))]
}
