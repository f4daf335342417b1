import { describe, expect, it } from '@jest/globals'
import { listFilters, findPaging } from '../../../codegen/answer/paging.ts'
import type { ParameterModel } from '../../../codegen/model.ts'
import { writeInstructions, type AnswerKind } from '../../../codegen/tool/instructions.ts'

/** What the document of a tool says of it, as far as its instructions tell that. */
type Case = {
  readonly path: string
  readonly name: string
  readonly kind: AnswerKind
  readonly query?: readonly string[]
  readonly columns?: readonly string[]
  readonly accept?: string
}

describe('writeInstructions', () => {
  it.each([
    ['/boats', 'boats.list', 'Use it to find boats. Returns a list of boats.'],
    [
      '/v1/boat_trips.json',
      'boatTrips.list',
      'Use it to find boat trips. Returns a list of boat trips.',
    ],
    [
      '/contracts/{id}/payment-schedule-lines',
      'contracts.paymentScheduleLines',
      'Use it to find payment schedule lines of one contract. Returns a list of payment schedule lines.',
    ],
    [
      '/harbours/{owner}/{boat_id}/trips',
      'boats.listTrips',
      'Use it to find trips of one boat. Returns a list of trips.',
    ],
    ['/fleet/{id}/boats', 'boats.listForFleet', 'Use it to find boats. Returns a list of boats.'],
    [
      '/harbours/{harbour}/boats',
      'core.harbourBoats',
      'Use it to find harbour boats. Returns a list of harbour boats.',
    ],
    ['/boats/search', 'boats.search', 'Use it to find boats. Returns a list of boats.'],
    ['/parties', 'suppliers.list', 'Use it to find suppliers. Returns a list of suppliers.'],
    ['/apis/boats/v1', 'boats.list', 'Returns a list.'],
    ['/boats/{id}/history', 'boats.history', 'Returns a list.'],
    ['/search', 'search.find', 'Returns a list.'],
    ['/boats/{id}', 'boats.crewOf', 'Returns a list.'],
  ])('tells of the list at %s as %s what its names surely say', (path, name, text) => {
    expect(instructionsOf({ path, name, kind: 'list' })).toBe(text)
  })

  it.each([
    ['/boats/{id}', 'boats.get', 'Use it for one boat by its id. Returns one record.'],
    ['/parties/{id}', 'suppliers.get', 'Use it for one supplier by its id. Returns one record.'],
    ['/boats/{boat}', 'boats.get', 'Use it for one boat, given as boat. Returns one record.'],
    [
      '/boats/{id}/trips/{day}',
      'boats.trip',
      'Use it for one trip by its day. Returns one record.',
    ],
    [
      '/boattrips/{id}',
      'boats.boatTrip',
      'Use it for one boat trip by its id. Returns one record.',
    ],
    ['/boats/{boatName}', 'boats.get', 'Use it for one boat by its boatName. Returns one record.'],
    ['/images/{file_key}', 'files.image', 'Returns one record.'],
    ['/boats/{id}/{version}', 'boats.version', 'Returns one record.'],
    ['/boats/{id}/crew', 'boats.crew', 'Returns one record.'],
    ['/staff/{id}', 'staff.get', 'Returns one record.'],
  ])('tells of the record at %s as %s what its names surely say', (path, name, text) => {
    expect(instructionsOf({ path, name, kind: 'record' })).toBe(text)
  })

  it.each([
    ['application/pdf', 'Returns a PDF file.'],
    ['text/csv', 'Returns CSV.'],
    ['text/plain', 'Returns text.'],
    ['image/png, image/gif, application/pdf', 'Returns an image or a PDF file.'],
    ['application/zip', 'Returns a ZIP file.'],
    ['application/x-anything', 'Returns a file.'],
    ['text/csv, application/pdf, text/html, application/xml', 'Returns a file.'],
    ['application/json', 'Returns JSON.'],
    ['application/json, */*;q=0.1', ''],
  ])('tells what kind of answer %s is', (accept, text) => {
    expect(instructionsOf({ path: '/log', name: 'log.get', kind: 'undescribed', accept })).toBe(
      text,
    )
  })

  it('tells columns, filters, order and paging of a list', () => {
    const query = ['color', 'expand', 'sort', 'page', 'limit', 'ending_before']
    const list = { path: '/boats', name: 'boats.list', kind: 'list', query } as const
    expect(instructionsOf({ ...list, columns: ['id', 'name'] })).toBe(
      'Use it to find boats. Returns a list of boats with id and name. Narrow it with color. ' +
        'Order it with sort. Read on by counting up page, limit at a time.',
    )
  })

  it.each([
    ['cursor', 'Read on with the cursor that the previous answer gave.'],
    ['starting_after', 'Read on by giving the id of the last item as starting_after.'],
    ['offset', 'Read on by raising offset.'],
    ['limit', 'Ask for up to limit at a time.'],
  ])('tells how %s reads on', (argument, text) => {
    const list = { path: '/log', name: 'log.list', kind: 'list', query: [argument] } as const
    expect(instructionsOf(list)).toBe(`Returns a list. ${text}`)
  })

  it('narrows neither one record nor a file', () => {
    const query = ['color']
    const record = { path: '/boats/{id}', name: 'boats.get', kind: 'record', query } as const
    const file = { path: '/log', name: 'log.get', kind: 'undescribed', accept: 'text/csv' } as const
    expect(instructionsOf(record)).not.toMatch('color')
    expect(instructionsOf({ ...file, query })).toBe('Returns CSV.')
  })
})

function instructionsOf({ path, name, kind, query = [], columns, accept }: Case): string {
  const [namespace = '', action = ''] = name.split('.')
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => toParameter(key, 'path'))
  const parameters = [...inPath, ...query.map((key) => toParameter(key, 'query'))]
  return writeInstructions({
    parts: { namespace, action },
    operation: {
      ...{ id: name, method: 'GET', path, template: path, query: '', server: null, body: null },
      accept: accept ?? 'application/json',
      parameters: [],
    },
    arguments: parameters,
    answer: {
      items: kind === 'list' ? '' : null,
      columns: columns ?? null,
      paging: findPaging(parameters),
      filters: listFilters(parameters),
    },
    answerKind: kind,
  })
}

function toParameter(key: string, where: 'path' | 'query'): ParameterModel {
  const wire = {
    ...{ name: key, in: where, style: 'simple', explode: false, allowReserved: false },
    content: null,
  }
  return { key, name: key, required: where === 'path', schema: {}, wire }
}
