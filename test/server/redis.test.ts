import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLog } from '../../server/log.ts'
import { createRedisScript, openRedis, type Redis } from '../../server/redis.ts'
import { Secret } from '../../server/secret.ts'
import { findFreePorts } from '../support/server-process.ts'
import { openTcpLink, type TcpLink } from '../support/tcp-link.ts'
import { askRedis, TEST_REDIS_URL, uniqueConnectorName, whereRedisIs } from '../support/redis.ts'
import { until } from '../support/until.ts'

const ECHO = createRedisScript(`return { KEYS[1], ARGV[1], '${Math.random()}' }`)

whereRedisIs(describe)('Redis', () => {
  const connectorName = uniqueConnectorName()
  let link: TcpLink
  let lines: string[]
  let opened: Redis[]

  beforeEach(async () => {
    link = await openTcpLink(TEST_REDIS_URL)
    lines = []
    opened = []
  })

  afterEach(async () => {
    for (const each of opened) await each.close()
    await link.close()
  })

  function open(url: string): Redis {
    const log = createLog({
      level: 'trace',
      destination: { write: (line) => void lines.push(line) },
    })
    const redis = openRedis({ url: new Secret(url), connectorName, log })
    opened.push(redis)
    return redis
  }

  async function openReady(): Promise<Redis> {
    const redis = open(link.through(TEST_REDIS_URL))
    await until(() => redis.isReady())
    return redis
  }

  function events(): readonly string[] {
    return lines.map((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? '')
  }

  it('runs a script that it has never seen, and one that it knows', async () => {
    const redis = await openReady()

    const first = await redis.run(ECHO, 'key', ['a'])
    const second = await redis.run(ECHO, 'key', ['b'])

    expect(first).toEqual([`sluice:${connectorName}:key`, 'a', expect.any(String)])
    expect(second).toEqual([`sluice:${connectorName}:key`, 'b', expect.any(String)])
  })

  it('runs a script that Redis has forgotten', async () => {
    const redis = await openReady()
    await redis.run(ECHO, 'key', ['a'])
    // Only this script: others' tests run at the same time.
    const unknown = { ...ECHO, sha1: '0'.repeat(40) }

    expect(await redis.run(unknown, 'key', ['b'])).toHaveLength(3)
  })

  it('passes on what a script refuses, and stays connected', async () => {
    const redis = await openReady()
    const wrong = createRedisScript("return redis.error_reply('WRONG it is')")

    await expect(redis.run(wrong, 'key', [])).rejects.toMatchObject({ message: 'WRONG it is' })

    expect(redis.isReady()).toBe(true)
    expect(redis.connections()).toBe(1)
  })

  it('fails at once without a connection, and comes back by itself', async () => {
    const redis = await openReady()
    await link.cut()
    await until(() => !redis.isReady())

    await expect(redis.run(ECHO, 'key', ['a'])).rejects.toMatchObject({ name: 'RedisAway' })
    await link.mend()
    await until(() => redis.isReady())

    expect(await redis.run(ECHO, 'key', ['a'])).toHaveLength(3)
    expect(redis.connections()).toBe(2)
    expect(events()).toEqual(['redis_back', 'redis_away', 'redis_back'])
  })

  it('takes a Redis that does not answer for one that is away', async () => {
    const redis = await openReady()
    link.stall()

    await expect(redis.run(ECHO, 'key', ['a'])).rejects.toMatchObject({ name: 'RedisAway' })

    expect(redis.isReady()).toBe(false)
    await link.mend()
    await until(() => redis.isReady())
    expect(await redis.run(ECHO, 'key', ['a'])).toHaveLength(3)
  })

  it('notices a dead connection that nobody uses', async () => {
    const redis = await openReady()

    link.stall()

    await until(() => !redis.isReady())
    expect(events()).toContain('redis_away')
  })

  it('comes back from a stall that outlasts a try', async () => {
    const redis = await openReady()
    link.stall()
    await until(() => !redis.isReady())
    await sleep(2_500)

    await link.mend()

    await until(() => redis.isReady())
  })

  it('tells of each change once, however many commands fail', async () => {
    const redis = await openReady()
    const changes: boolean[] = []
    redis.onChange((isReady) => void changes.push(isReady))
    await link.cut()
    await until(() => !redis.isReady())

    await Promise.allSettled(Array.from({ length: 20 }, () => redis.run(ECHO, 'key', ['a'])))
    await link.mend()
    await until(() => redis.isReady())

    expect(changes).toEqual([false, true])
    expect(events().filter((event) => event === 'redis_away')).toHaveLength(1)
  })

  it.each([
    ['nobody listens', (port: number) => `redis://someone:pass-of-redis@127.0.0.1:${port}`],
    ['a name that is none', () => 'redis://someone:pass-of-redis@no-such-host.invalid:6379'],
    ['the password is refused', () => TEST_REDIS_URL.replace('//', '//someone:pass-of-redis@')],
    ['no such database', () => `${TEST_REDIS_URL}/9999`],
    ['no TLS there', () => TEST_REDIS_URL.replace('redis:', 'rediss:')],
  ])('is away where %s, and the log has neither address nor password', async (_, toUrl) => {
    const [port = 0] = await findFreePorts(1)
    const redis = open(toUrl(port))

    await until(() => events().includes('redis_away'))

    expect(redis.isReady()).toBe(false)
    await expect(redis.publish('channel', 'x')).rejects.toMatchObject({ name: 'RedisAway' })
    expect(lines.join('')).not.toMatch(/pass-of-redis|someone|127\.0\.0\.1|no-such-host|redis:\/\//)
  })

  it('hears what others publish, and only on its own channel', async () => {
    const redis = await openReady()
    const other = open(TEST_REDIS_URL)
    const heard: string[] = []
    const subscription = redis.subscribe('notices', {
      onMessage: (message) => void heard.push(message),
      onListening: () => undefined,
    })
    await until(() => subscription.isListening() && other.isReady())

    await other.publish('others', 'not for us')
    await askRedis('PUBLISH', 'sluice:another-connector:notices', 'not for us')
    await other.publish('notices', 'one')
    await other.publish('notices', 'two')

    await until(() => heard.length >= 2)
    expect(heard).toEqual(['one', 'two'])
  })

  it('says whenever it has begun to listen, and then hears again', async () => {
    const redis = await openReady()
    const other = open(TEST_REDIS_URL)
    const heard: string[] = []
    let beginnings = 0
    const subscription = redis.subscribe('notices', {
      onMessage: (message) => void heard.push(message),
      onListening: () => (beginnings += 1),
    })
    await until(() => beginnings === 1 && other.isReady())
    link.stall()
    await until(() => !subscription.isListening())
    await other.publish('notices', 'missed')

    await link.cut()
    await link.mend()
    await until(() => beginnings === 2)
    await other.publish('notices', 'heard')

    await until(() => heard.length > 0)
    expect(heard).toEqual(['heard'])
  })

  it.each(['there', 'away', 'stalled'])('closes while Redis is %s', async (state) => {
    const redis = await openReady()
    if (state === 'away') await link.cut()
    if (state === 'stalled') link.stall()
    if (state !== 'there') await until(() => !redis.isReady())

    await redis.close()

    expect(redis.isReady()).toBe(false)
  })
})
