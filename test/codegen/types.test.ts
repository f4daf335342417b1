import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'

const ROOT = join(import.meta.dirname, '../..')
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
)

/** What no check replaces is read once for all of them. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** Type-checks files as the repo does, with some of them replaced; gives the messages for `paths`. */
function typecheck(
  paths: readonly string[],
  options: ts.CompilerOptions = {},
  replaced: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const settings = { ...config.options, ...options }
  const host = ts.createCompilerHost(settings)
  const read = host.readFile.bind(host)
  host.readFile = (path) => replaced.get(path) ?? read(path)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, target) => {
    const text = replaced.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, target)
    const file = parsed.get(path) ?? getSourceFile(path, target)
    parsed.set(path, file)
    return file
  }
  const program = ts.createProgram(paths, settings, host)
  return paths.flatMap((path) => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    )
  })
}

describe('the types of an upstream', () => {
  const declarations = globSync('{generated,test/golden/*/out}/**/upstream.d.ts', { cwd: ROOT })

  it('are sound even where the repo would not look into a declaration file', () => {
    const paths = declarations.map((path) => join(ROOT, path))

    expect(paths.length).toBeGreaterThan(5)
    expect(typecheck(paths, { skipLibCheck: false, types: [] })).toEqual([])
  })
})

describe('generated code', () => {
  const path = join(ROOT, 'test/golden/basic/out/tools/animals.ts')
  const code = readFileSync(path, 'utf8')

  it.each([
    ['as it is', '', '', /^$/],
    [
      'an argument in the wrong place',
      'species: args.species',
      'species: args.page',
      /not assignable to type '"lion" \| "zebra"/,
    ],
    [
      'a parameter that does not exist',
      'species: args.species',
      'spices: args.species',
      /'spices' does not exist/,
    ],
    [
      'an argument that does not exist',
      'args.bornAfter',
      'args.bornBefore',
      /'bornBefore' does not exist/,
    ],
    [
      'a path argument that may be absent',
      'id: z.string().min(1),',
      'id: z.string().optional(),',
      /not assignable/,
    ],
    [
      'another path',
      'upstream.GET("/animals/{id}"',
      'upstream.GET("/animal/{id}"',
      /not assignable/,
    ],
    [
      'a method that the path does not have',
      'upstream.GET("/animals/{id}"',
      'upstream.POST("/animals/{id}"',
      /not assignable/,
    ],
  ])('fails the type check with %s', (_change, from, to, message) => {
    expect(code).toContain(from)

    const messages = typecheck([path], {}, new Map([[path, code.replace(from, to)]]))

    expect(messages[0] ?? '').toMatch(message)
  })
})
