import type { Config } from '../../config.ts'
import type { Services } from '../../services.ts'
import type { Switchboard } from '../../switches/switchboard.ts'
import type { UpstreamClient } from '../../upstream/client.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import type { ReadTool } from '../call-tool.ts'
import { daysAt } from '../context/days.ts'
import { CONTEXT_TOOL, createReadContext } from '../context/read-context.ts'
import type { OwnTool } from '../own-tool.ts'
import type { Connector } from '../tool.ts'
import { intentTools } from './intent-tools.ts'
import { readOnRecord } from './read-on-record.ts'

/** Puts the tools of intents together: every read that they make is on record by itself. */
export function assembleInsights(options: {
  readonly config: Pick<Config, 'maxResultChars'>
  readonly connector: Connector
  readonly switchboard: Pick<Switchboard, 'isOff'>
  readonly services: Pick<Services, 'now'>
  readonly upstream: Pick<UpstreamClient, 'startDeadline'>
  readonly read: ReadTool
}): readonly OwnTool[] {
  const { config, connector, switchboard, services, upstream } = options
  const read = readOnRecord(options.read)
  const readOwn = createReadContext({ connector, read, now: services.now })
  return intentTools({
    ...{ connector, switchboard, upstream, read, maxChars: config.maxResultChars },
    async readContext(session) {
      // Nobody in particular is in no time zone, and the upstream could not be asked as them.
      if (session.identity.kind === 'public') return daysAt(services.now(), null)
      try {
        return await readOwn(session)
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        throw error.with({ step: 'context', tool: CONTEXT_TOOL })
      }
    },
  })
}
