import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '../../server/log.ts'

/** Logs a few lines to standard error, and ends as its argument says. */
const log = createLog({ level: 'info' })
for (let index = 0; index < 500; index += 1) log.info({ event: 'counted', index })

const [ending = 'returns'] = process.argv.slice(2)
if (ending === 'exits') process.exit(3)
if (ending === 'throws') throw new Error('nobody catches this')
if (ending === 'errs') {
  log.error({ event: 'failed' })
  await wait(10)
  process.kill(process.pid, 'SIGKILL')
}
