import { MIGRATIONS } from '../store/migrations.ts'
import { defineCommand, type Command } from './command.ts'
import { toChangeResult } from './output.ts'

/** The database itself. */
export const databaseCommands: readonly Command[] = [
  defineCommand({
    name: 'database migrate',
    isRecorded: false,
    takes: '',
    about: [
      'Makes the database where there is none, and brings its schema up to date. A starting',
      'server does the same; this is for a job that runs before the servers of a new version.',
    ],
    options: {},
    operands: [0, 0],
    prepare: () => async (deployment) => {
      await deployment.openStore({ create: true })
      const schema = MIGRATIONS.length
      return toChangeResult(`The database has schema ${schema}.`, { schema }, [])
    },
  }),
]
