/**
 * Node's HTTP. An `import` of `node:http` has Node read all of its exports, and one of them loads a
 * second HTTP client that nothing here uses: 16 MB, and time at each start.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')
