import { expect, it } from '@jest/globals'
import { stageOf } from '../../bench/stages/stage-of.ts'

const ROOT = 'file:///srv/sluice'

function frame(url: string, functionName = 'run') {
  return { functionName, url }
}

it.each([
  ['nothing', [frame('', '(idle)')], null],
  ['a collection', [frame('', '(garbage collector)'), frame('')], 'garbage collection'],
  [
    'a file of the server, whatever it calls',
    [frame('node:crypto'), frame(`${ROOT}/server/access/bearer.ts`)],
    'who is calling',
  ],
  [
    'the innermost of two',
    [frame(`${ROOT}/server/store/grants.ts`), frame(`${ROOT}/server/access/tokens.ts`)],
    'store',
  ],
  [
    'a library that Node called',
    [frame(`${ROOT}/node_modules/undici/lib/client.js`), frame('node:net')],
    'upstream call',
  ],
  [
    'a library that serves whoever calls it',
    [
      frame(`${ROOT}/node_modules/zod/v4/core.js`),
      frame(`${ROOT}/generated/flowtly/tools/invoices.ts`),
    ],
    'JSON-RPC, arguments, answer',
  ],
  ['Redis', [frame(`${ROOT}/server/redis.ts`)], 'rate window'],
  ['Node alone', [frame('node:net')], "Node's own: sockets, HTTP, timers"],
])('says what part of a call it is: %s', (_what, stack, stage) => {
  expect(stageOf(stack)).toBe(stage)
})
