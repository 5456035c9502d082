// npm run configuration: writes the table of docs/configuration.md from the variables as the server declares them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { VARIABLES } from '../api/configuration/variables.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/configuration.md');
const rows = Object.entries(VARIABLES).map(
  ([name, { expected, unset, says }]) => `| \`${name}\` | ${expected} | ${unset} | ${says} |`,
);
const page = readFileSync(file, 'utf8').replace(/(\n\| -+ [^\n]*\n)(?:\|[^\n]*\n)+/, `$1${rows.join('\n')}\n`);
const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
writeFileSync(file, await format(page, { ...options, parser: 'markdown' }));
