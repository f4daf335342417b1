import process from 'node:process'
import { fromOpenAPI } from 'fastmcp/openapi'

// usage: node bench/peers/fastmcp.js PORT UPSTREAM_URL DOCUMENT
const [port, baseUrl, spec] = process.argv.slice(2)

const server = await fromOpenAPI({ spec, baseUrl })
await server.start({
  transportType: 'httpStream',
  httpStream: { port: Number(port), host: '127.0.0.1', stateless: true, enableJsonResponse: true },
})
