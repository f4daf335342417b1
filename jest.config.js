import { availableParallelism } from 'node:os'

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/jest/transform.js' },
  setupFiles: ['<rootDir>/jest/quiet-notices.js'],
  watchman: false,
  testTimeout: 30_000,
  // Many tests wait for a process, a browser or a clock: a core has room for more than one of them.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // What a suite has loaded is not given back: a worker that holds so much makes way for a new one.
  workerIdleMemoryLimit: '1.5GB',
}
