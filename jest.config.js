/** Jest 30 with real ESM and TypeScript. `npm test` runs everything but the suites named here, which have their own commands. */
const slow = [
  '/test/e2e/',
  '/test/durability/',
  '/test/services/',
  '/test/bench/',
  '/test/oracle/',
  '/test/features-on-mongo/',
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: process.env.SUITE ? slow.filter((path) => path !== `/test/${process.env.SUITE}/`) : slow,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] },
  cacheDirectory: '.cache/jest',
  maxWorkers: 2,
  // a hang ends a test, a busy machine does not; least of all where CI runs a suite aside of the others (.ci/run)
  testTimeout: ['features-on-mongo', 'oracle'].includes(process.env.SUITE) ? 600_000 : 30_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
};
