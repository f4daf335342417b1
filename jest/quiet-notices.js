// oidc-provider remarks on every Node that is no LTS release; the server keeps that for its log.
const { console } = globalThis
const { warn } = console
console.warn = (...values) => {
  if (!String(values[0]).includes('Unsupported runtime')) warn(...values)
}
