// Adds up what .ci/run or .ci/long found and prints the closing line; exits non-zero when anything failed or nothing ran.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
let passed = 0;
let failed = 0;
for (const file of readdirSync(folder).sort()) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  // a suite that does not even load, or fails behind its last test, has no failed test, but has failed
  const broken = (report.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const good = report.passed ?? report.numPassedTests;
  const found = (report.failed ?? report.numFailedTests) + broken;
  // nor has one passed that tested nothing
  const bad = good + found > 0 ? found : 1;
  console.log(`${file.replace(/\.\w+$/, '')}: ${good} passed, ${bad} failed`);
  passed += good;
  failed += bad;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
