import { describe, expect, it } from '@jest/globals'
import { objectAt } from '../../codegen/json.ts'
import type { OpenUpstream } from '../../server/mcp/tool.ts'
import { connector } from '../golden/hostile/out/index.ts'

/** The text that stands in every place of the golden's document and allow-list. */
const EVIL = 'a"b\'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl'
/** The same where only one line fits. */
const EVIL_LINE = 'a"b\'c`d*/e${f}g</script>h i j\\k l'
/** The same as description, where HTML is removed. */
const EVIL_PROSE = 'a"b\'c`d*/e${f}g h i j\\k l'

const [run, told] = connector.tools
const properties = objectAt(run?.inputSchema['properties'])

describe('hostile text', () => {
  it('is text in what people and models read', () => {
    expect(connector.title).toBe(EVIL_LINE)
    expect(run?.title).toBe(EVIL_LINE)
    expect(run?.instructions).toBe(EVIL.replace('\u2028', '\n').replace('\u2029', '\n'))
    expect(run?.description).toBe(`${EVIL_PROSE}.`)
    expect(told?.title).toBe(EVIL_PROSE)
    expect(told?.description).toBe(EVIL.replace('\u2028', '\n').replace('\u2029', '\n'))
  })

  it('is exactly itself where the upstream compares it', () => {
    const [, evil] = run?.operation.parameters ?? []

    expect(run?.operation.id).toBe(EVIL)
    expect(evil?.name).toBe(EVIL)
    expect(run?.answer.columns).toEqual([EVIL])
    expect(connector.upstream.organizations.approvers).toEqual([EVIL])
    expect(properties).toMatchObject({
      a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l: { default: EVIL, examples: [EVIL] },
      // No client takes such a name inside an argument: the member is told in words, and taken.
      object: { properties: {}, required: [EVIL] },
    })
    expect(objectAt(told?.inputSchema['properties'])).toMatchObject({
      choice: { enum: [EVIL, '`${process.exit()}`', '*/ process.exit() /*'] },
    })
  })

  it('is sent as it is', async () => {
    const requests: unknown[] = []
    const record = (_path: unknown, request: unknown) => Promise.resolve(requests.push(request))
    const open: OpenUpstream = () => ({ GET: record, HEAD: record, POST: record })
    const prepared = run?.prepare({ id: 'x' })

    if (prepared?.ok === true) await prepared.send(open)

    expect(requests).toMatchObject([{ params: { query: { [EVIL]: EVIL, choice: EVIL } } }])
  })

  it('takes no prototype along', () => {
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
    expect(JSON.stringify(run?.inputSchema)).not.toContain('__proto__')
  })
})
