import { CHANGE_CLASSES, type DocsChange } from '../docs.ts'
import type { SiteFacts } from '../facts.ts'
import { toMoment, when } from '../wording.ts'
import { toVariants } from './variants.ts'

type ChangeClass = (typeof CHANGE_CLASSES)[number]

const CLASSES = {
  breaking: {
    title: 'Breaking',
    meaning: 'What worked before may be refused or missing now.',
  },
  risky: {
    title: 'To be checked',
    meaning: 'A text that steers models, a default or a place has changed. Nothing is missing.',
  },
  additive: { title: 'New', meaning: 'More is offered.' },
  cosmetic: { title: 'Wording', meaning: 'Neither calls nor answers change.' },
} as const satisfies Record<ChangeClass, { readonly title: string; readonly meaning: string }>

/** What each sync changed, by what it means to those who use the tools. */
export function toChangelogView(facts: SiteFacts): object {
  const { changes, document } = facts.docs
  return {
    ...toVariants(facts),
    version: document.version,
    isEmpty: when(changes.length === 0, {}),
    entries: changes.map(toEntry),
    classes: CHANGE_CLASSES.map((name) => CLASSES[name]),
  }
}

function toEntry({ at, version, changes }: DocsChange) {
  return {
    heading: `Version ${version}, ${toMoment(at)}`,
    classes: CHANGE_CLASSES.flatMap((name) => {
      const own = changes.filter((change) => change.class === name)
      if (own.length === 0) return []
      const shown = own.map(({ tool, what }) => ({ tool: tool === null ? [] : [tool], what }))
      return [{ title: CLASSES[name].title, changes: shown }]
    }),
  }
}
