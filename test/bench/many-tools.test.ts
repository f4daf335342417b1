import { expect, it } from '@jest/globals'
import { z } from 'zod'
import { createManyTools } from '../../bench/connectors/many-tools.ts'

const shape = z.object({ names: z.array(z.string()), mode: z.string() })

it.each([[16], [40]])(
  'makes a connector of as many tools as it is asked for, the shipped ones among them: %i',
  async (count) => {
    const project = await createManyTools(count)
    try {
      const load = `
      const { loadConnector } = await import('./server/connector.ts')
      const { connector } = await loadConnector('flowtly')
      const names = connector.tools.map(({ name }) => name)
      console.log(JSON.stringify({ names, mode: connector.catalogue.mode }))`
      const { names, mode } = shape.parse(
        JSON.parse(await project.run(['--input-type=module', '-e', load])),
      )

      expect(names).toHaveLength(count)
      expect(mode).toBe('full')
      expect(names).toEqual(
        expect.arrayContaining(['invoices.list', ...(count > 16 ? ['copies.read16'] : [])]),
      )
    } finally {
      project.remove()
    }
  },
  60_000,
)
