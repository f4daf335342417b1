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
  // Many tests wait for a process, a browser or a clock: no core is to be kept free for Jest itself.
  maxWorkers: '100%',
}
