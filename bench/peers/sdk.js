import { createServer } from 'node:http'
import process from 'node:process'
import { URL, URLSearchParams } from 'node:url'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import { Pool } from 'undici'

// The SDK's own way to mount a server, with the two tools that are measured.
//
// usage: node bench/peers/sdk.js PORT UPSTREAM_URL
const [port, upstream] = process.argv.slice(2)
const { origin, pathname: base } = new URL(upstream)
const pool = new Pool(origin, { connections: 64 })
const byId = fromJsonSchema({
  type: 'object',
  properties: { invoiceId: { type: 'string', minLength: 1 } },
  required: ['invoiceId'],
  additionalProperties: false,
})
const byText = fromJsonSchema({
  type: 'object',
  properties: { q: { type: 'string', minLength: 1, maxLength: 100 } },
  additionalProperties: false,
})

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'bench', version: '1.0.0' })
  server.registerTool('invoices.get', { inputSchema: byId }, ({ invoiceId }) =>
    read(`/invoices/${encodeURIComponent(invoiceId)}`),
  )
  server.registerTool('invoices.list', { inputSchema: byText }, (args) =>
    read(`/invoices?${new URLSearchParams(args).toString()}`),
  )
  return server
})
createServer(toNodeHandler(handler)).listen(Number(port), '127.0.0.1')

async function read(path) {
  const { body } = await pool.request({ method: 'GET', path: `${base}${path}` })
  return { content: [{ type: 'text', text: await body.text() }] }
}
