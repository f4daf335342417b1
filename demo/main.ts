import { parseArgs } from 'node:util'
import { demoAccess } from './access.ts'
import { startDemo } from './server.ts'

const USAGE = `usage: npm run demo [-- --file FILE]

Starts the demo upstream on 127.0.0.1.

  --file FILE   keep the data in a SQLite file (default: in memory)

environment
  PORT          the port to listen on (default 8788)
`

process.exitCode = await main(process.argv.slice(2), process.env['PORT'] ?? '8788')

async function main(args: readonly string[], portText: string): Promise<number> {
  const file = parseFile(args)
  const port = Number(portText)
  if (file === null || !/^[0-9]{1,5}$/.test(portText) || port > 65_535) {
    console.error(file === null ? USAGE : `"PORT" must be a port number, not "${portText}"`)
    return 2
  }
  try {
    const demo = await startDemo({ port, file, log: console.error })
    console.log(renderBanner(demo.url))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void demo.close())
    }
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** The wanted file; `null` when the command line was wrong. */
function parseFile(args: readonly string[]): string | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { file: { type: 'string' } } })
    return values.file ?? ':memory:'
  } catch {
    return null
  }
}

function renderBanner(url: string): string {
  const { acme } = demoAccess.credentials
  return [
    `Flowtly demo: ${url}`,
    `sign in as:   ${Object.values(demoAccess.emails).join(', ')}`,
    `password:     ${demoAccess.password}`,
    `or send:      X-Api-Key: ${acme.key}, X-Api-Secret: ${acme.secret}, X-User-Email: …@acme.example`,
    `break it:     curl -X PUT ${new URL('/_faults', url).href} -H 'content-type: application/json' -d '{"kind":"status"}'`,
  ].join('\n')
}
