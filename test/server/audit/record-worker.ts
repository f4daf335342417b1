import { writeSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { openAudit } from '../../../server/audit/open-audit.ts'
import { createLog } from '../../../server/log.ts'
import { Secret } from '../../../server/secret.ts'
import { openStore } from '../../../server/store/open-store.ts'

// Records events, and prints the number of each once it is recorded: URL SPOOL SECRET-KEY NAME COUNT.
const [url = '', spool = '', secretKey = '', name = '', count = '0'] = process.argv.slice(2)
const store = await openStore({ url, now: Date.now })
const audit = openAudit({
  config: { spool, sinks: [], sinkKey: null, retentionDays: 365 },
  connector: 'flowtly',
  store: store.auditEvents,
  secretKey: new Secret(secretKey),
  isServer: false,
  log: createLog({ level: 'silent' }),
  now: Date.now,
})
for (let number = 0; number < Number(count); number += 1) {
  const requestId = `${name}-${number}`
  const organization = number % 2 === 0 ? 'acme' : 'globex'
  audit.log.record({ type: 'mcp.request', outcome: 'success', organization, requestId })
  writeSync(1, `${requestId}\n`)
  if (number % 10 === 0) await turn()
}
await audit.close()
await store.close()
