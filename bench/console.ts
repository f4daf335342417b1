import { startDeployment } from '../screenshots/deployment.ts'
import { findPages } from '../screenshots/walk.ts'
import { signInToConsole } from '../test/support/console-session.ts'
import { furnishConsole } from '../test/support/furnish-console.ts'
import { startWatchedBrowser } from '../test/support/watched-browser.ts'

// How long each page of the console and of the documentation takes to its first byte, among ten thousand events.
const ROUNDS = 41
/** What is slow is measured less often. */
const MAX_MS = 2_000
const TIMES_A_USUAL_DAY = 24

await using deployment = await startDeployment(TIMES_A_USUAL_DAY)
const { origin, store } = deployment
const email = 'owner@acme.example'
const browser = startWatchedBrowser()
const owner = await signInToConsole(origin, { browser })
await furnishConsole(owner, { origin, email, organization: 'acme', mark: 'Zeppelin' })
const headers = { accept: 'text/html', cookie: browser.cookieAt('/console') }
const { tools } = await store.auditEvents.listSeen('acme')
const events = (await store.auditEvents.readChain('acme', 0, 1_000_000)).length
console.log(
  `${events} events, ${tools.length} tools called; at most ${ROUNDS} rounds, after one that is not counted`,
)

const fetchPage = async (url: string) => {
  const response = await fetch(url, { headers })
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
  return { html: isPage ? await response.text() : null }
}
const roots = ['/console', '/account', '/docs'].map((path) => `${origin}${path}`)
const pages = await findPages(fetchPage, roots)
console.log(row('page', 'median', 'p95', 'bytes'))
for (const { url, name } of [{ url: `${origin}/health`, name: '(health)' }, ...pages]) {
  const { median, p95, bytes } = await measure(url)
  console.log(row(name, `${median.toFixed(1)} ms`, `${p95.toFixed(1)} ms`, String(bytes)))
}

/** Until the head of the answer is there. */
async function measure(url: string) {
  const times: number[] = []
  let bytes = 0
  const until = performance.now() + MAX_MS
  for (let round = 0; round <= ROUNDS && (round < 2 || performance.now() < until); round += 1) {
    const started = performance.now()
    const response = await fetch(url, { headers })
    if (round > 0) times.push(performance.now() - started)
    bytes = (await response.arrayBuffer()).byteLength
    if (!response.ok && response.status !== 404) {
      throw new Error(`${response.status} at ${url}`)
    }
  }
  const sorted = times.sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { median: at(0.5), p95: at(0.95), bytes }
}

function row(...[name, ...figures]: readonly [string, ...string[]]): string {
  return `${name.padEnd(44)} ${figures.map((figure) => figure.padStart(11)).join(' ')}`
}
