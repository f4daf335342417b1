import type { Demo } from '../../../demo/server.ts'
import { at, toList } from './json.ts'

/** Makes the demo misbehave; an empty list makes it behave again. */
export function setFaults(demo: Demo, faults: object): Promise<Response> {
  return fetch(new URL('/_faults', demo.url), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(faults),
  })
}

/** Reads what the demo's documented API was sent since the log was cleared. */
export async function readRequests(demo: Demo): Promise<readonly unknown[]> {
  const response = await fetch(new URL('/_requests', demo.url))
  return toList(at(await response.json(), 'data'))
}

/** Forgets every request so far. */
export async function clearRequests(demo: Demo): Promise<void> {
  await fetch(new URL('/_requests', demo.url), { method: 'DELETE' })
}
