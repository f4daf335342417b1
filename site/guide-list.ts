import type { DocsResources } from './docs.ts'
import type { SiteFacts } from './facts.ts'
import type { PageDefinition } from './page-list.ts'
import { toAdministratorsView } from './views/administrators.ts'
import { toChangelogView } from './views/changelog.ts'
import { toVariants } from './views/variants.ts'
import { toConnectView } from './views/connect.ts'
import { toErrorsView } from './views/errors.ts'
import { toLimitsView } from './views/limits.ts'
import { toPaginationView } from './views/pagination.ts'
import { toPrivacyView } from './views/privacy.ts'
import { toPromptsView } from './views/prompts.ts'
import { toQuickstartView } from './views/quickstart.ts'
import { toResourcesView } from './views/resources.ts'
import { toToolsView } from './views/tools.ts'
import { toTransportView } from './views/transport.ts'
import { toTroubleshootingView } from './views/troubleshooting.ts'
import { when } from './wording.ts'

/** Lists the pages beside those of the tools, in the order in which they are to be read. */
export function listGuides(facts: SiteFacts): readonly PageDefinition[] {
  const { connector, prompts, intents, resources } = facts.docs
  const { title } = connector
  const promptsPage: PageDefinition = {
    path: '/docs/prompts',
    title: 'Prompts',
    description: 'Questions that are written already, and what each of them asks for.',
    group: 'Use',
    template: 'prompts',
    view: () => toPromptsView(facts),
  }
  return [
    {
      path: '/docs/quickstart',
      title: 'Quickstart',
      description:
        'Four requests with their answers: health, initialize, list the tools, call one.',
      group: 'Start',
      template: 'quickstart',
      view: () => toQuickstartView(facts),
    },
    {
      path: '/docs/connect',
      title: 'Connecting AI tools',
      description: `How to use ${title} in Claude, ChatGPT, Claude Code, Cursor, VS Code and scripts.`,
      group: 'Connect',
      template: 'connect',
      view: () => toConnectView(facts),
    },
    {
      path: '/docs/transport',
      title: 'Transport and auth',
      description: 'Addresses, messages, protocol versions, signing in, scopes, keys and origins.',
      group: 'Connect',
      template: 'transport',
      view: () => toTransportView(facts),
    },
    ...when(prompts.length + intents.length > 0, promptsPage),
    {
      path: '/docs/errors',
      title: 'Error handling',
      description: 'What can come back instead of an answer, with every code.',
      group: 'Use',
      template: 'errors',
      view: () => toErrorsView(facts),
    },
    {
      path: '/docs/pagination',
      title: 'Pagination and filters',
      description:
        'How to read on in a list, how to ask for less, and what happens to long answers.',
      group: 'Use',
      template: 'pagination',
      view: () => toPaginationView(facts),
    },
    ...(resources === null ? [] : [toResourcesPage(facts, resources)]),
    {
      path: '/docs/limits',
      title: 'Limits',
      description: 'How much may be asked and how much is answered, with the numbers.',
      group: 'Use',
      template: 'limits',
      view: () => toLimitsView(facts),
    },
    {
      path: '/docs/best-practice',
      title: 'Best practice',
      description: 'How to ask, what to allow, and what a program should do.',
      group: 'Use',
      template: 'best-practice',
      view: () => toVariants(facts),
    },
    {
      path: '/docs/troubleshooting',
      title: 'Troubleshooting',
      description: 'What goes wrong, by what you see, with the usual reasons.',
      group: 'Use',
      template: 'troubleshooting',
      view: () => toTroubleshootingView(facts),
    },
    {
      path: '/docs/tools',
      title: 'Tools',
      description: 'All tools on one page, by the kind of data that they read.',
      group: 'Tools',
      template: 'tools',
      view: () => toToolsView(facts),
    },
    {
      path: '/docs/privacy',
      title: 'Permissions and privacy',
      description: 'What is read, who receives it, what is kept for how long, and how it ends.',
      group: 'About',
      template: 'privacy',
      view: () => toPrivacyView(facts),
    },
    {
      path: '/docs/administrators',
      title: 'For administrators',
      description: 'What those who are responsible for an organization can decide, and where.',
      group: 'About',
      template: 'administrators',
      view: () => toAdministratorsView(facts),
    },
    {
      path: '/docs/changelog',
      title: 'Changelog',
      description: 'What changed in the tools, the newest first.',
      group: 'About',
      template: 'changelog',
      view: () => toChangelogView(facts),
    },
  ]
}

function toResourcesPage(facts: SiteFacts, resources: DocsResources): PageDefinition {
  return {
    path: '/docs/resources',
    title: 'Resources',
    description: 'What has a URI of its own, how it is read by it, and where URIs come from.',
    group: 'Use',
    template: 'resources',
    view: () => toResourcesView(facts, resources),
  }
}
