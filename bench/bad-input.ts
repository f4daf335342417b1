import fc from 'fast-check'
import { badRequests } from '../test/support/bad-input/requests.ts'
import { sendRequest } from '../test/support/bad-input/send-request.ts'
import { startServerUnderFire } from '../test/support/bad-input/server-under-fire.ts'
import { watchHealth } from '../test/support/bad-input/watch-health.ts'
import { percentile } from './ledger/report.ts'

const REQUESTS = 10_000
const WORKERS = 20
const HEALTH_PAUSE_MS = 5

// How long `GET /health` takes while a server gets nonsense from twenty clients at once.
const { server, callers, close } = await startServerUnderFire()
try {
  const requests = fc.sample(badRequests({ host: `127.0.0.1:${server.port}`, callers }), REQUESTS)
  const before = await server.probe()
  const stopWatching = watchHealth(server.url, HEALTH_PAUSE_MS)
  const startedAt = performance.now()
  const queue = requests.values()
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (const request of queue) await sendRequest(server.port, request)
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  const { times, failures } = await stopWatching()
  const after = await server.probe()
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(times, share))
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1)
  console.log(
    `requests      ${REQUESTS} in ${seconds.toFixed(1)} s, ${(REQUESTS / seconds).toFixed(0)} a second`,
  )
  console.log(
    `GET /health   ${times.length} times, p50 ${p50} ms, p99 ${p99} ms, most ${most} ms, ${failures.length} failed`,
  )
  console.log(
    `memory held   ${megabytes(before.heldBytes)} MB before, ${megabytes(after.heldBytes)} MB after`,
  )
  console.log(`complaints    ${server.complaints().length}`)
} finally {
  await close()
}
