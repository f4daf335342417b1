import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { toSqliteDatabase } from '../../../server/store/sqlite-statements.ts'

const ALL = 'select * from thing order by id'

describe('statements that are kept', () => {
  let database: DatabaseSync
  beforeEach(() => {
    database = new DatabaseSync(':memory:')
    database.exec(`create table thing (id integer primary key, name text);
      insert into thing values (1, 'one'), (2, 'two')`)
  })
  afterEach(() => database.close())

  it('are prepared once for a text, and run with other values', () => {
    const kept = toSqliteDatabase(database)
    const byId = 'select name from thing where id = ?'

    expect(kept.prepare(byId)).toBe(kept.prepare(byId))
    expect([kept.prepare(byId).all([1]), kept.prepare(byId).all([2])]).toEqual([
      [{ name: 'one' }],
      [{ name: 'two' }],
    ])
  })

  it('give way to others in time', () => {
    const kept = toSqliteDatabase(database)
    const first = kept.prepare(ALL)

    for (let number = 0; number < 10_000; number += 1) kept.prepare(`${ALL} limit ${number}`)

    expect(kept.prepare(ALL)).not.toBe(first)
    expect(first.all([])).toHaveLength(2)
  })

  it('follow a change of the schema', () => {
    const kept = toSqliteDatabase(database)
    kept.prepare(ALL).all([])

    database.exec('alter table thing add column size integer default 5')

    expect(kept.prepare(ALL).all([])).toEqual([
      { id: 1, name: 'one', size: 5 },
      { id: 2, name: 'two', size: 5 },
    ])
  })

  it('do not disturb rows that are still being read', () => {
    const kept = toSqliteDatabase(database)
    const rows = kept.prepare(ALL).iterate([])
    const first = rows.next()

    kept.prepare(ALL).all([])

    expect([first.value, ...rows]).toMatchObject([{ id: 1 }, { id: 2 }])
  })

  it('tell reads from writes', () => {
    const kept = toSqliteDatabase(database)

    expect(kept.prepare(ALL).reader).toBe(true)
    expect(kept.prepare("insert into thing values (3, 'three')").reader).toBe(false)
    expect(kept.prepare("insert into thing values (4, 'four') returning id").reader).toBe(true)
  })
})
