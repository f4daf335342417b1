import { followColumn, followPointer, isListShape, type Shape } from '../answer/answer.ts'
import { objectAt } from '../json.ts'
import { toPointer } from '../json-pointer.ts'
import { didYouMean } from '../nearest.ts'
import type { ResearchContext, ResearchSection } from './build-research.ts'
import { findPaths } from './placeholders.ts'

/** Where the values of a template come from; `null` where nothing is known of it. */
type Shapes = {
  /** An item of what the search gives. */
  readonly item: Shape | null
  /** What the tool that reads one record answers. */
  readonly answer: Shape | null
}

/** Those of a research section that are filled from a record. */
const TEMPLATES = ['title', 'url'] as const

/**
 * Checks that title and URL can be filled from what the search gives and from a record alike.
 *
 * @returns the JSON Pointer of the record in the answer
 */
export function checkTemplates(
  section: ResearchSection,
  { item, answer }: Shapes,
  context: ResearchContext,
): string {
  const { entry, placeOf } = section
  const { bundle, findings } = context
  const paths = new Set(TEMPLATES.flatMap((key) => checkTemplate(key, section, context)))
  const record = answer === null ? '' : findRecord(answer, [...paths], context)
  const step = answer === null ? null : followPointer(bundle, answer, record)
  const found = step?.found === 'shape' ? step.shape : null
  for (const key of TEMPLATES) {
    const own = findPaths(entry[key] ?? '')?.filter((path) => paths.has(path)) ?? []
    for (const path of own) {
      const missing =
        missingIn(item, `an item of ${entry.search}`, path, context) ??
        missingIn(found, `the record of ${entry.fetch}`, path, context)
      if (missing !== null) findings.problem(placeOf(key), missing.what, missing.hint)
    }
  }
  return record
}

/** The paths that a template names; none of a template that is wrong, which is reported. */
function checkTemplate(
  key: (typeof TEMPLATES)[number],
  { entry, placeOf }: ResearchSection,
  { findings }: ResearchContext,
): readonly string[] {
  const template = entry[key]
  if (template === undefined) return []
  const report = (what: string, hint: string | null = null) => {
    findings.problem(placeOf(key), what, hint)
    return []
  }
  const paths = findPaths(template)
  if (paths === null) {
    const hint = 'write a dotted path in braces, such as {counterparty.name}'
    return report('has braces that hold no path', hint)
  }
  if (paths.length === 0) {
    return report('would be the same for every record', 'name a member of it, such as {id}')
  }
  if (key === 'url' && !isPageUrl(template)) {
    const hint = 'such as "https://app.acme.example/invoices/{id}"'
    return report('must be an https URL with the braces behind its host', hint)
  }
  return paths
}

/** Whatever is put in, it stays a page of the one origin. */
function isPageUrl(template: string): boolean {
  const origin = /^https:\/\/[^/?#{}\\@\s]+(?=\/)/.exec(template)?.[0]
  const filled = URL.parse(template.replaceAll(/\{[^{}]*\}/g, 'x'))
  return origin !== undefined && filled !== null && filled.origin === origin && !/\s/.test(template)
}

/** The answer itself, or the one member of it in which everything is found that is asked for. */
function findRecord(answer: Shape, paths: readonly string[], { bundle }: ResearchContext): string {
  const hasAll = (pointer: string) => {
    const step = followPointer(bundle, answer, pointer)
    if (step.found !== 'shape' || isListShape(step.shape)) return false
    return paths.every((path) => followColumn(bundle, step.shape, path) === null)
  }
  const names = answer.flatMap(({ node }) => Object.keys(objectAt(node['properties'])))
  const pointers = ['', ...new Set(names.map((name) => toPointer([name])))]
  return pointers.find(hasAll) ?? ''
}

function missingIn(
  shape: Shape | null,
  holder: string,
  path: string,
  { bundle }: ResearchContext,
): { readonly what: string; readonly hint: string | null } | null {
  const missing = shape === null ? null : followColumn(bundle, shape, path)
  if (missing === null) return null
  const what = `${holder} has no ${JSON.stringify(path)}`
  return { what, hint: didYouMean(missing.step, missing.known) }
}
