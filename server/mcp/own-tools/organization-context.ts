import { z } from 'zod'
import { scopeOf } from '../../scopes.ts'
import type { Switchboard } from '../../switches/switchboard.ts'
import { CONTEXT_TOOL, type ReadContext } from '../context/read-context.ts'
import { defineOwnTool, FOR_EVERYBODY, type OwnTool } from '../own-tool.ts'
import type { Session } from '../session.ts'
import { textAnswer } from '../tool-answer.ts'
import type { Connector } from '../tool.ts'

/** Makes the tool that says who asks, for whom, what they may read, and what day it is there. */
export function organizationContextTool(options: {
  readonly connector: Pick<Connector, 'title' | 'namespaces' | 'tools'>
  readonly switchboard: Pick<Switchboard, 'isOff'>
  readonly readContext: ReadContext
}): OwnTool {
  const { connector, switchboard, readContext } = options
  return defineOwnTool({
    name: CONTEXT_TOOL,
    title: 'Who and where you are',
    description: [
      `Call this first. Tells which organization of ${connector.title} this connection reads, the member`,
      'and their role, which groups of tools are enabled, the base currency and the time zone as far as',
      `${connector.title} knows them, and what "today", "this month", "this quarter" and "this year" are`,
      'there. Use these dates instead of your own. Takes no arguments.',
    ].join('\n'),
    pinned: true,
    ...FOR_EVERYBODY,
    describeCall: () => ({ tool: CONTEXT_TOOL, scopes: [] }),
    input: z.strictObject({}),
    async answer({ session }) {
      const { organization, member, role, plan, baseCurrency, timeZone, ...days } =
        await readContext(session)
      const { today, ...others } = days
      return textAnswer(
        JSON.stringify({
          organization,
          member,
          role,
          ...(plan !== null && { plan }),
          scopes: session.identity.scopes ?? 'all',
          namespaces: listEnabled(session),
          baseCurrency,
          timeZone,
          today,
          ...others,
        }),
      )
    },
  })

  /** Those that hold a tool which the caller can call. */
  function listEnabled({ identity: { scopes, organization } }: Session) {
    const callable = connector.tools.filter(
      ({ name, offer }) =>
        offer === 'tool' &&
        (scopes === null || scopes.includes(scopeOf(name))) &&
        !switchboard.isOff(organization.id, name),
    )
    return connector.namespaces
      .map(({ name, title }) => ({
        name,
        title,
        tools: callable.filter((tool) => scopeOf(tool.name) === `${name}:read`).length,
      }))
      .filter(({ tools }) => tools > 0)
  }
}
