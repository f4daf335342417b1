import { intentSchema, type Intent } from '../../server/intents/contract.ts'
import type { Connector } from '../../server/mcp/tool.ts'

/** An intent as the allow-list would write it, offered as a tool. */
export function toIntent(name: string, written: object): Intent {
  const texts = { title: name, description: `Asks for ${name}.`, utterances: [`ask ${name}`] }
  return { name, ...intentSchema.parse({ ...texts, tool: true, ...written }) }
}

/** A connector that answers these questions, and no others. */
export function withIntents(intents: Readonly<Record<string, object>>) {
  return (connector: Connector): Connector => ({
    ...connector,
    intents: Object.entries(intents).map(([name, written]) => toIntent(name, written)),
  })
}
