import type { Watch } from './watch.ts'

/** Where instances are told that the revision has moved. What is told is no news: it says when to look. */
const CHANNEL = 'changed'

/** Tells every instance, where it is heard: polling is what they rely on. */
export function publishNotice(redis: {
  readonly publish: (channel: string, message: string) => Promise<void>
}): Promise<void> {
  return redis.publish(CHANNEL, '')
}

/**
 * Has this instance look at once at what it has changed itself, and tells the others where they hear
 * it; those that do not notice by themselves, within two seconds.
 *
 * @param options.redis `null` where there is one instance only
 */
export async function announceChange(options: {
  readonly watch: Pick<Watch, 'look'>
  readonly redis: {
    readonly publish: (channel: string, message: string) => Promise<void>
  } | null
}): Promise<void> {
  const { watch, redis } = options
  await watch.look()
  // Whatever Redis is up to, the change itself is in the store.
  if (redis !== null) await publishNotice(redis).catch(() => undefined)
}

/** Looks at once whenever there is a notice, and whenever some may have been missed. */
export function hearNotices(
  redis: {
    readonly subscribe: (
      channel: string,
      listener: { readonly onMessage: () => void; readonly onListening: () => void },
    ) => unknown
  },
  watch: Pick<Watch, 'look'>,
): void {
  const onMessage = () => void watch.look()
  redis.subscribe(CHANNEL, { onMessage, onListening: onMessage })
}
