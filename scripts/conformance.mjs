// npm run conformance: writes docs/bpmn.md from the tests of test/features/bpmn and test/features/patterns, all of which must
// pass. With --check nothing runs: the titles in the test files must be those of the table.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { readTitles } from './conformance/titles.mjs';
import { readRefusals } from './conformance/refusals.mjs';
import { page } from './conformance/page.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, 'docs/bpmn.md');
const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
const text = await format(page(readTitles(root), await readRefusals(root)), { ...options, parser: 'markdown' });

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/bpmn.md does not say what the tests say: run `npm run conformance` and commit it.');
    process.exit(1);
  }
} else {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const tested = spawnSync(process.execPath, [...jest, 'test/features/bpmn', 'test/features/patterns'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (tested.status !== 0) process.exit(tested.status ?? 1);
  writeFileSync(target, text);
}
