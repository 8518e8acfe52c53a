/**
 * Mutation testing of the rules: `npm run mutation`, by hand. Figure and reading: src/rules/README.md.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: ['src/rules/*.ts'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    config: {
      globalSetup: null, // the rules write no files
      globalTeardown: null,
      watchman: false,
      testMatch: ['<rootDir>/test/rules/*.test.ts'],
      // What random input happens to notice today, it may miss tomorrow: only tests that always say the same count.
      testPathIgnorePatterns: ['robustness.test.ts$'],
    },
  },
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
  maxTestRunnerReuse: 200, // the memory of a runner grows
  disableTypeChecks: 'src/rules/*.ts',
  ignorePatterns: ['**', '!package.json', '!tsconfig.json', '!src/{facts,rules}/*.ts', '!test/tsconfig.json', '!test/rules/*.ts'],
  tempDirName: '.cache/mutation/sandbox',
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  htmlReporter: { fileName: '.cache/mutation/report.html' },
  jsonReporter: { fileName: '.cache/mutation/report.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  disableBail: false,
  allowConsoleColors: false,
};
