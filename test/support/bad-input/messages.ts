import fc, { type Arbitrary } from 'fast-check'
import { oddText } from './odd-texts.ts'

const METHODS = [
  'tools/list',
  'tools/call',
  'ping',
  'initialize',
  'server/discover',
  'resources/list',
  'resources/read',
  'resources/templates/list',
  'prompts/list',
  'completion/complete',
  'logging/setLevel',
  'subscriptions/listen',
  'notifications/initialized',
  'notifications/cancelled',
] as const

const TOOLS = [
  'invoices.list',
  'invoices.get',
  'transactions.list',
  'bankAccounts.list',
  'contracts.get',
  'attachments.get',
  'taxGroups.list',
  'invoices_list',
  'invoices.delete',
] as const

const ARGUMENTS = [
  'invoiceId',
  'contractId',
  'attachmentId',
  'status',
  'issuedFrom',
  'counterpartyId',
  'minTotal',
  'q',
  'sort',
  'page',
  'pageSize',
  'cursor',
] as const

const REVISIONS = [
  '2026-07-28',
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
  '2024-11-05',
  '1999-01-01',
]

/** What JSON can say, and programs stumble over. */
const RAW = [
  '1e400',
  '-1e400',
  '-0',
  '1.7976931348623157e308',
  '5e-324',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1e1',
  '"\\u0000"',
  '"\\ud800"',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"a":1,"a":2}',
] as const

/** What only programs can say. */
const NO_JSON = [
  'NaN',
  'Infinity',
  '01',
  '+1',
  '.5',
  '0x10',
  "'a'",
  'undefined',
  '"\\x"',
  '"\t"',
  '/* c */ 1',
  '1,',
] as const

/** The text of any JSON value, and of some that are none. */
const valueText: Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(toJson) },
  { weight: 12, arbitrary: oddText.map(toJson) },
  { weight: 8, arbitrary: fc.constantFrom(...RAW) },
  { weight: 1, arbitrary: fc.constantFrom(...NO_JSON) },
)

const idText: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.nat().map(String) },
  { weight: 3, arbitrary: fc.uuid().map(toJson) },
  { weight: 3, arbitrary: valueText },
)

const methodText: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...METHODS).map(toJson) },
  { weight: 2, arbitrary: valueText },
)

const argumentsText = objectText(
  fc.array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...ARGUMENTS) },
        { weight: 1, arbitrary: oddText },
      ),
      fc.oneof({ weight: 2, arbitrary: valueText }, fc.constantFrom('1', '25', '"inv_0001"')),
    ),
    { maxLength: 4 },
  ),
)

const metaText: Arbitrary<string> = fc
  .tuple(fc.constantFrom(...REVISIONS), valueText, fc.boolean())
  .map(([revision, odd, isSound]) =>
    isSound
      ? `{"io.modelcontextprotocol/protocolVersion":"${revision}","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}`
      : `{"io.modelcontextprotocol/protocolVersion":"${revision}","io.modelcontextprotocol/clientInfo":${odd},"traceparent":${odd},"progressToken":${odd}}`,
  )

const nameText: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...TOOLS).map(toJson) },
  { weight: 1, arbitrary: valueText },
)

const paramsText: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: entries({ name: nameText, arguments: argumentsText }) },
  { weight: 3, arbitrary: entries({ name: nameText, arguments: argumentsText, _meta: metaText }) },
  { weight: 1, arbitrary: entries({ cursor: valueText, _meta: metaText }) },
  { weight: 1, arbitrary: entries({ uri: valueText }) },
  {
    weight: 1,
    arbitrary: entries({
      protocolVersion: fc.constantFrom(...REVISIONS).map(toJson),
      capabilities: valueText,
      clientInfo: valueText,
    }),
  },
  { weight: 2, arbitrary: valueText },
)

const sound: Arbitrary<string> = entries({
  jsonrpc: fc.constant('"2.0"'),
  id: idText,
  method: methodText,
  params: paramsText,
})

/** Members missing, doubled, in another order, or none of JSON-RPC's. */
const unsound: Arbitrary<string> = objectText(
  fc.array(
    fc.oneof(
      fc.tuple(fc.constant('jsonrpc'), fc.constantFrom('"2.0"', '"1.0"', '2', 'null')),
      fc.tuple(fc.constant('id'), idText),
      fc.tuple(fc.constant('method'), methodText),
      fc.tuple(fc.constant('params'), paramsText),
      fc.tuple(fc.constantFrom('result', 'error'), valueText),
      fc.tuple(oddText, valueText),
    ),
    { maxLength: 7 },
  ),
)

/** What every client sends. */
const ordinary: Arbitrary<string> = fc.constantFrom(
  '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  '{"jsonrpc":"2.0","id":"a","method":"ping","params":{}}',
  '{"jsonrpc":"2.0","method":"notifications/initialized"}',
  '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"taxGroups.list","arguments":{}}}',
  '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"invoices.list","arguments":{"pageSize":1}}}',
)

/** The text of a JSON-RPC message; mostly one that a server has to look at closely. */
export const messageText: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: ordinary },
  { weight: 7, arbitrary: sound },
  { weight: 3, arbitrary: unsound },
  { weight: 1, arbitrary: valueText },
)

/** The text of a message, or of a batch of some, too many or no messages. */
export const bodyText: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: messageText },
  { weight: 2, arbitrary: listText(fc.array(messageText, { maxLength: 5 })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(messageText, fc.integer({ min: 18, max: 24 }))
      .map(([text, count]) => `[${Array.from({ length: count }, () => text).join()}]`),
  },
)

function entries(members: Readonly<Record<string, Arbitrary<string>>>): Arbitrary<string> {
  return objectText(
    fc.tuple(
      ...Object.entries(members).map(([name, text]) =>
        text.map((value): readonly [string, string] => [name, value]),
      ),
    ),
  )
}

/** Written by hand, so that a key can be there twice. */
function objectText(
  members: Arbitrary<readonly (readonly [name: string, value: string])[]>,
): Arbitrary<string> {
  return members.map((list) => `{${list.map(([key, value]) => `${toJson(key)}:${value}`).join()}}`)
}

function listText(items: Arbitrary<readonly string[]>): Arbitrary<string> {
  return items.map((list) => `[${list.join()}]`)
}

function toJson(value: unknown): string {
  return JSON.stringify(value)
}
