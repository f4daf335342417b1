import { compileTemplates } from '../../pages/compile-templates.ts'
import { CONSOLE } from '../addresses.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'

/** Where an organization's owners and admins begin. */
export function overviewRoutes({
  connector,
}: Pick<ConsoleServices, 'connector'>): readonly ConsoleRoute[] {
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['overview'],
  })
  return [
    forApprovers('GET', CONSOLE.home, 'overview', ({ ctx }) =>
      Promise.resolve({
        kind: 'page',
        template: template('overview'),
        heading: connector.title,
        context: { url: ctx.state.realm.resource },
      }),
    ),
  ]
}
