import type { Watch } from './watch.ts'

/** Where instances are told that the revision has moved. What is told is no news: it says when to look. */
const CHANNEL = 'changed'

/** Tells every instance, where it is heard: polling is what they rely on. */
export function publishNotice(redis: {
  readonly publish: (channel: string, message: string) => Promise<void>
}): Promise<void> {
  return redis.publish(CHANNEL, '')
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
