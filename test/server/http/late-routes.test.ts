import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { State } from '../../../server/http/context.ts'
import { lateRoutes } from '../../../server/http/late-routes.ts'
import { createRouter, type Router } from '../../../server/http/router.ts'
import { portOf } from '../../support/port.ts'

/** How often the routes were loaded, and what becomes of the next time. */
type Loading = { count: number; until: Promise<unknown> }

describe('late routes', () => {
  let loading: Loading
  let origin: string
  let close: () => void

  beforeEach(async () => {
    loading = { count: 0, until: Promise.resolve() }
    const add = async (router: Router) => {
      loading.count += 1
      await loading.until
      router.get('/rooms/:name', (ctx) => (ctx.body = `room ${String(ctx.params['name'])}`))
      router.get('/', (ctx) => (ctx.body = 'the first page'))
    }
    const router = createRouter()
    router.get('/health', (ctx) => (ctx.body = 'fine'))
    const app = new Koa<State>()
    app.silent = true
    app.use(router.routes())
    app.use(router.allowedMethods())
    app.use(lateRoutes({ segments: ['', 'rooms'], add }).middleware)
    const listening = Promise.withResolvers<undefined>()
    const server = app.listen(0, '127.0.0.1', () => listening.resolve(undefined))
    await listening.promise
    origin = `http://127.0.0.1:${portOf(server)}`
    close = () => {
      server.close()
      server.closeAllConnections()
    }
  })

  afterEach(() => close())

  async function ask(path: string, method = 'GET'): Promise<readonly [number, string]> {
    const answer = await fetch(`${origin}${path}`, { method })
    return [answer.status, await answer.text()]
  }

  it.each([['/health'], ['/roomsy/one'], ['/other/rooms/one'], ['/robots.txt']])(
    '%s does not load them',
    async (path) => {
      await ask(path)

      expect(loading.count).toBe(0)
    },
  )

  it('loads them once for all who come at the same time', async () => {
    const gate = Promise.withResolvers<undefined>()
    loading.until = gate.promise
    const asked = ['one', 'two', 'three'].map((name) => ask(`/rooms/${name}`))
    await ask('/health')
    gate.resolve(undefined)

    const answers = await Promise.all(asked)

    expect(answers).toEqual([
      [200, 'room one'],
      [200, 'room two'],
      [200, 'room three'],
    ])
    expect(loading.count).toBe(1)
  })

  it.each([
    ['/', 'the first page'],
    ['/Rooms/one', 'room one'],
    ['/rooms/one/', 'room one'],
  ])('finds %s as a router does', async (path, text) => {
    expect(await ask(path)).toEqual([200, text])
  })

  it('answers 404 and 405 as a router does', async () => {
    expect(await ask('/rooms')).toEqual([404, 'Not Found'])
    expect(await ask('/rooms/one', 'PUT')).toEqual([405, 'Method Not Allowed'])
  })

  it('has the next one try again after a failure', async () => {
    loading.until = Promise.reject(new Error('there is no such file'))

    const first = await ask('/rooms/one')
    loading.until = Promise.resolve()
    const second = await ask('/rooms/one')

    expect(first[0]).toBe(500)
    expect(second).toEqual([200, 'room one'])
  })
})
