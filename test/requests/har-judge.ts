import oasToHar from '@readme/oas-to-har'
import Oas from 'oas'
import { isObject } from '../../codegen/json.ts'
import { findDifference } from './find-difference.ts'
import { pickMeantHeaders } from './meant-headers.ts'
import { blindTo, isNested, SHARED_BLINDNESSES, type Blindness } from './blindness.ts'
import type { Judge } from './judge.ts'
import { textsIn, type JudgedOperation, type Meant } from './judged-operation.ts'

/** What `@readme/oas-to-har` 38 cannot write, or is known to write wrong. */
const BLINDNESSES: readonly Blindness[] = [
  ...SHARED_BLINDNESSES,
  {
    reason: 'oas-to-har reads no Swagger 2.0',
    applies: ({ operation }) => operation.version.startsWith('2'),
  },
  // OpenAPI 3.1.1, appendix D: percent-encoding is the URI's, not the headers'.
  blindTo(
    'oas-to-har percent-encodes headers',
    ({ parameter, value }) =>
      parameter.in === 'header' && textsIn(value).some((text) => /[^\w.~-]/.test(text)),
  ),
  {
    reason: 'oas-to-har leaves what is empty out of a body',
    applies: ({ body }) => body !== undefined && /\{\}|\[\]/.test(JSON.stringify(body)),
  },
  blindTo('oas-to-har writes what is nested as [object Object]', isNested),
  blindTo(
    'oas-to-har writes null for an empty text inside another value',
    ({ value }) => typeof value === 'object' && textsIn(value).includes(''),
  ),
  blindTo(
    'oas-to-har explodes no objects whose type stands in a branch',
    ({ parameter, value }) =>
      parameter.style === 'form' &&
      parameter.explode &&
      isObject(value) &&
      parameter.schema['type'] !== 'object',
  ),
  blindTo(
    'oas-to-har encodes the delimiters of a path',
    ({ parameter, value }) => parameter.in === 'path' && typeof value === 'object',
  ),
  // A text is data: what looks like percent-encoding in it is encoded like any other percent sign.
  blindTo('oas-to-har takes a text that looks encoded for encoded', ({ value }) =>
    textsIn(value).some((text) => /%[0-9a-f]{2}/i.test(text)),
  ),
]

/** Our wire is compared with the one that ReadMe's implementation builds for the same values. */
export const harJudge: Judge = {
  name: 'oas-to-har',
  blindnesses: BLINDNESSES,
  judge: (meant, request, baseUrl) => {
    const { path, method } = meant.operation
    const oas = new Oas(JSON.stringify(buildDocument(meant.operation, baseUrl)))
    const operation = oas.operation(
      path,
      method === 'HEAD' ? 'head' : method === 'POST' ? 'post' : 'get',
    )
    const har = oasToHar(oas, operation, { ...valuesByPlace(meant), body: meant.body })
    const { request: built } = har.log.entries[0]
    const query = built.queryString
      .map(({ name, value }) => (isExplodedObject(meant, name) ? value : toPair(name, value)))
      .join('&')
    const expected = {
      method: built.method,
      target: `${built.url.slice(new URL(baseUrl).origin.length)}${query === '' ? '' : `?${query}`}`,
      headers: pickMeantHeaders(
        meant,
        Object.fromEntries(built.headers.map(({ name, value }) => [name, value])),
      ),
      body: built.postData?.text ?? '',
      isCarelessOfMarks: true,
    }
    return findDifference(expected, request)
  },
}

function buildDocument(operation: JudgedOperation, baseUrl: string): unknown {
  const { version, path, method, parameters, requestBody } = operation
  const described = {
    parameters: parameters.map(({ node }) => node),
    ...(requestBody !== null && { requestBody }),
    responses: { '200': { description: 'Fine.' } },
  }
  return {
    openapi: version,
    info: { title: 'Judged', version: '1' },
    servers: [{ url: baseUrl }],
    paths: { [path]: { [method.toLowerCase()]: described } },
  }
}

/** Values come encoded, and names as they are; an exploded list comes as one value. */
function toPair(name: string, value: string): string {
  const key = `${encodeURIComponent(name)}=`
  return `${key}${value.replaceAll(`&${name}=`, `&${key}`)}`
}

/** Its members come as one value, each with its own name already. */
function isExplodedObject({ values }: Meant, name: string): boolean {
  return values.some(
    ({ parameter, value }) =>
      parameter.name === name &&
      parameter.in === 'query' &&
      parameter.style === 'form' &&
      parameter.explode &&
      isObject(value),
  )
}

function valuesByPlace({ values }: Meant): Record<string, Record<string, unknown>> {
  const places = ['path', 'query', 'header', 'cookie']
  return Object.fromEntries(
    places.map((place) => [
      place,
      Object.fromEntries(
        values.flatMap(({ parameter, value }) =>
          parameter.in === place ? [[parameter.name, value]] : [],
        ),
      ),
    ]),
  )
}
