import { join } from 'node:path'

/** The program of the official conformance suite. */
export const CONFORMANCE = join(
  import.meta.dirname,
  '../../node_modules/@modelcontextprotocol/conformance/dist/index.js',
)
