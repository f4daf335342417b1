import { CONSOLE } from '../addresses.ts'
import { forMembers, ROOMS, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'

/** Leaving, and looking at another organization. */
export function sessionRoutes({
  sessions,
  store,
}: Pick<ConsoleServices, 'sessions' | 'store'>): readonly ConsoleRoute[] {
  return [
    forMembers('POST', CONSOLE.signOut, 'account', async ({ ctx, record }) => {
      await sessions.end(ctx)
      record({ type: 'sign-out', outcome: 'success' })
      return { kind: 'go', to: CONSOLE.signIn, notice: null }
    }),

    forMembers('POST', CONSOLE.organization, 'account', async (visit) => {
      const { organizations, session, form } = visit
      const chosen = organizations.find(({ id }) => id === form.get('organization'))
      if (chosen?.canApprove !== true) return { kind: 'go', to: CONSOLE.home, notice: null }
      await store.consoleSessions.chooseOrganization(session.id, chosen.id)
      return { kind: 'go', to: roomOf(form.get('here')), notice: null }
    }),
  ]
}

/** What one looks at inside a room is one organization's: with another, one begins at its door. */
function roomOf(here: string | null): string {
  const paths = ROOMS.map(([, , path]) => path).toSorted((a, b) => b.length - a.length)
  return paths.find((path) => here === path || here?.startsWith(`${path}/`)) ?? CONSOLE.home
}
