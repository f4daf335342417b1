import { buildPages } from '../../site/pages.ts'
import type { Docs } from '../../site/docs.ts'
import type { SignIn } from '../../site/facts.ts'
import { toNeutralDeployment } from '../../site/neutral-deployment.ts'
import { buildSearchIndex, type SearchIndex } from '../../site/search/build-index.ts'
import type { ConnectorModel } from '../model.ts'

/** Builds what browsers search the connector's pages with. */
export function buildSearch({ upstream, tools }: ConnectorModel, docs: Docs): SearchIndex {
  const deployment = toNeutralDeployment({
    signIn: toSignIn(upstream.login),
    apiCredentials: upstream.apiCredentials,
    approvers: upstream.organizations?.approvers ?? [],
    sharedOrganization: upstream.login.kind === 'service' ? upstream.login.organization.name : null,
    hasPublicTools: tools.some((tool) => tool.public),
  })
  return buildSearchIndex(buildPages({ docs, deployment }))
}

function toSignIn(login: ConnectorModel['upstream']['login']): SignIn {
  switch (login.kind) {
    case 'password':
    case 'api-credentials':
      return { kind: login.kind }
    case 'oidc':
      return { kind: 'provider', host: new URL(login.issuer).host }
    case 'service':
      return login.access === null
        ? { kind: 'none' }
        : { kind: 'provider', host: new URL(login.access.issuer).host }
  }
}
