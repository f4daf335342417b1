import { interactionPolicy } from 'oidc-provider'

/** Each authorization signs in afresh (its grant needs a credential of its own) and asks for consent. */
export function buildInteractionPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  const login = policy.get('login')
  const consent = policy.get('consent')
  if (login === undefined || consent === undefined) throw new Error('the base policy has changed')
  login.checks.remove('no_session')
  login.checks.add(
    new interactionPolicy.Check(
      'fresh_login',
      'sign-in is required for each connection',
      'login_required',
      (ctx) => ctx.oidc.result?.login === undefined,
    ),
  )
  consent.checks.add(
    new interactionPolicy.Check(
      'always_ask',
      'consent is asked for each connection',
      'consent_required',
      (ctx) => ctx.oidc.result?.consent === undefined,
    ),
  )
  return policy
}
