import { renderBearerChallenge } from '../access/challenge.ts'
import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import { calledTool, type CalledFrom } from './called-tool.ts'

/**
 * Refuses a message that needs more than its token allows, before any of it runs: a challenge that
 * names every missing scope lets the client ask for all of them at once (MCP, authorization, "scope
 * challenge handling"). Of a batch, the answer says which element misses what.
 */
export function scopeCheck(catalogue: CalledFrom): Middleware {
  return function scopeCheck(ctx, next) {
    const { identity, message, realm } = ctx.state
    if (identity === null) throw new Error('a message without an identity')
    const { scopes, organization } = identity
    if (scopes === null) return next()
    const elements = Array.isArray(message) ? message : [message]
    const needs = elements.flatMap((element, index): readonly Need[] => {
      const called = calledTool(catalogue, element, organization.id)
      const missing = called?.scopes.filter((scope) => !scopes.includes(scope)) ?? []
      return missing.map((scope) => ({ index, tool: called?.tool ?? '', scope }))
    })
    if (needs.length === 0) return next()
    const missing = [...new Set(needs.map(({ scope }) => scope))].sort()
    const error = 'insufficient_scope'
    const challenge = { realm, path: ctx.path, error, scopes: missing } as const
    ctx.set('WWW-Authenticate', renderBearerChallenge(challenge))
    throw new AppError(error, { hint: describe(needs, Array.isArray(message)) })
  }
}

type Need = { readonly index: number; readonly tool: string; readonly scope: string }

function describe(needs: readonly Need[], isBatch: boolean): string {
  const lines = needs.map(({ index, tool, scope }) =>
    isBatch ? `Element ${index} (${tool}) needs ${scope}.` : `${tool} needs ${scope}.`,
  )
  return lines.join(' ')
}
