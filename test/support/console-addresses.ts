import { jest } from '@jest/globals'
import { z } from 'zod'
import { createRouter, type Router } from '../../server/http/router.ts'
import { startWithDemo } from './flowtly.ts'

/** An address of the console, as the router has it. */
export type ConsoleAddress = { readonly method: 'GET' | 'POST'; readonly path: string }

/** What the router keeps of its addresses. */
const routerSchema = z.object({
  stack: z.array(z.object({ path: z.unknown(), methods: z.array(z.string()) })),
})

/** Lists every address of the console of a running server: what is new there cannot be left out. */
export async function listConsoleAddresses(): Promise<readonly ConsoleAddress[]> {
  const prototype: unknown = Object.getPrototypeOf(createRouter())
  if (!isRouter(prototype)) throw new Error('a router without routes')
  const seen = jest.spyOn(prototype, 'routes')
  await using running = await startWithDemo()
  // The console is loaded by its first visitor.
  await fetch(`${running.connector.url}/console`)
  const layers = seen.mock.contexts.flatMap((router) => routerSchema.parse(router).stack)
  seen.mockRestore()
  if (layers.length === 0) throw new Error(`no addresses at ${running.connector.url}`)
  return layers.flatMap(({ path, methods }) => {
    if (typeof path !== 'string' || !/^\/(?:console|account)(?:\/|$)/.test(path)) return []
    return [{ method: methods.includes('POST') ? 'POST' : 'GET', path }]
  })
}

function isRouter(value: unknown): value is Router {
  return typeof value === 'object' && value !== null && 'routes' in value
}

/** Whether an address of a request is one of the router's. */
export function isAt({ method, path }: ConsoleAddress, asked: string, url: string): boolean {
  if (method !== asked) return false
  const pattern = path.replaceAll(/:[a-zA-Z]+/g, '[^/]+').replaceAll(/\*[a-zA-Z]+/g, '.+')
  return new RegExp(`^${pattern}$`).test(new URL(url).pathname)
}
