import { createRequire } from 'node:module'
import type KoaRouter from '@koa/router'
import type { State } from './context.ts'

/** Gives routes their handlers. */
export type Router = KoaRouter<State>

/** Makes a router without routes. */
export function createRouter(): Router {
  return new RouterClass()
}

/** Of its two builds, the one that does not `import` Node's HTTP: see `node-http.ts`. */
const RouterClass = loadRouter()

function loadRouter(): typeof KoaRouter {
  const loaded: unknown = createRequire(import.meta.url)('@koa/router')
  if (!isRouter(loaded)) throw new Error('"@koa/router" is not the router that this server is for')
  return loaded
}

function isRouter(value: unknown): value is typeof KoaRouter {
  return typeof value === 'function'
}
