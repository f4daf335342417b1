import type { JsonObject } from '../json.ts'

/** Says in words what a schema's keywords allow, for example `from 1 to 100`; `null` where nothing limits. */
export function describeLimits(schema: JsonObject): string | null {
  const number = (keyword: string) => {
    const value = schema[keyword]
    return typeof value === 'number' ? value : null
  }
  const { pattern } = schema
  const step = number('multipleOf')
  const said = [
    ...describeRange(number('minimum'), number('maximum')),
    ...say('more than', number('exclusiveMinimum')),
    ...say('less than', number('exclusiveMaximum')),
    ...(step === null ? [] : [`in steps of ${step}`]),
    ...describeCount(number('minLength'), number('maxLength'), 'character'),
    ...describeCount(number('minItems'), number('maxItems'), 'item'),
    ...(typeof pattern === 'string' ? [`matches ${pattern}`] : []),
  ]
  return said.length === 0 ? null : said.join(', ')
}

function describeRange(minimum: number | null, maximum: number | null): readonly string[] {
  if (minimum !== null && maximum !== null) return [`from ${minimum} to ${maximum}`]
  return [...say('at least', minimum), ...say('at most', maximum)]
}

function describeCount(
  minimum: number | null,
  maximum: number | null,
  noun: string,
): readonly string[] {
  if (minimum !== null && maximum !== null) {
    const range = minimum === maximum ? `exactly ${minimum}` : `${minimum} to ${maximum}`
    return [`${range} ${toNoun(maximum, noun)}`]
  }
  const [only] = [...say('at least', minimum), ...say('at most', maximum)]
  return only === undefined ? [] : [`${only} ${toNoun(minimum ?? maximum ?? 0, noun)}`]
}

function say(words: string, value: number | null): readonly string[] {
  return value === null ? [] : [`${words} ${value}`]
}

function toNoun(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`
}
