import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import type { RawParameter } from './parameter-list.ts'
import { listFixedNames, parsePathTemplate } from './path-template.ts'
import type { Findings } from '../problem.ts'

/**
 * Makes an operation's parameters and its path fit each other: what the path has and nobody
 * described is a text, what was described and the path has not is left out.
 */
export function fitToTemplate(
  bundle: Bundle,
  { path, method }: OperationEntry,
  raws: readonly RawParameter[],
  findings: Findings,
): readonly RawParameter[] {
  const at = ['paths', path, method.toLowerCase()]
  // Where that stands in the file is looked up for what is told, and most operations have nothing to tell.
  const place = () => bundle.place(at)
  const described = raws.filter((raw) => raw.in === 'path').map(({ name }) => name)
  const { template, query, names, unknown } = parsePathTemplate(path, described)
  for (const expression of unknown) {
    const what = `the path has ${expression}, which is no parameter of a path`
    const hint = 'write the path without it, and describe its parameters with "in: query"'
    findings.problem(place(), what, hint)
  }
  const sample = template.replace(/\{[^{}]*\}/g, 'x')
  if (unknown.length === 0 && URL.parse(`http://h${sample}`)?.pathname !== sample) {
    findings.problem(
      place(),
      `the path ${JSON.stringify(path)} has a dot segment, so it names another`,
    )
  }

  const inQuery = raws.filter((raw) => raw.in === 'query').map(({ name }) => name)
  const missing = names.filter(
    (name) =>
      !described.includes(name) && (template.includes(`{${name}}`) || !inQuery.includes(name)),
  )
  for (const name of missing) {
    const what = `the path has {${name}}, but no parameter of the operation describes it; any text is taken`
    findings.warning(place(), what)
  }
  const fixed = listFixedNames(query)
  const kept = raws.filter((raw) => {
    const why =
      raw.in === 'path' && !names.includes(raw.name)
        ? `the path ${path} has no {${raw.name}}`
        : raw.in === 'query' && fixed.includes(raw.name)
          ? `the path ${path} gives ${JSON.stringify(raw.name)} a value already`
          : null
    if (why !== null) findings.warning(bundle.place(raw.path), `${why}; the parameter is left out`)
    return why === null
  })
  return [...missing.map((name) => toText(name, at)), ...kept]
}

function toText(name: string, path: readonly string[]): RawParameter {
  const typed = { type: 'string' }
  return {
    path,
    node: { name, in: 'path', required: true },
    name,
    in: 'path',
    required: true,
    content: null,
    schemaPath: null,
    typed,
  }
}
