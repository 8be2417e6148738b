// Changes the rules of money a little, one place at a time: what no test notices is a test that is missing.
export default {
  mutate: [
    'billingPeriod',
    'dayBudget',
    'entitlements',
    'generation',
    'hold',
    'ledger',
    'mergedPrice',
    'pace',
    'planChange',
    'rateCard',
    'refund',
    'renewal',
    'tokens',
    'usageSplit',
    'warning',
  ].map((rules) => `src/core/${rules}.ts`),
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: { spec: ['test/unit/core/*.test.ts'], 'no-config': true },
  coverageAnalysis: 'perTest',
  reporters: ['clear-text'],
  clearTextReporter: { logTests: false, reportTests: false },
  // A few changes change nothing, and no test can see them; more than one in ten that none sees fail the run.
  thresholds: { high: 95, low: 90, break: 97 },
  // Nothing of it is read, and the editor's server alone is larger than all else.
  ignorePatterns: ['.vscode-test', 'dist'],
  concurrency: 2,
  tempDirName: '.stryker-tmp',
};
