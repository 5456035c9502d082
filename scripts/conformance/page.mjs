/** The page docs/bpmn.md, not yet formatted. */
export function page({ elements, patterns }, refusals) {
  return [
    '# What runs, and which test shows it',
    'Written by `npm run conformance` from the titles of the tests, which must pass; what is refused is what the checker answers. Do not edit by hand.',
    '## Elements of BPMN 2.0.2',
    'The section is the one of the specification that the tests follow.',
    table(
      ['Element', 'Supported', 'Section', 'Test'],
      merged(elements)
        .sort((a, b) => bySection(a.section, b.section) || a.name.localeCompare(b.name, 'en'))
        .map(({ name, section, files }) => [name, 'yes', `§${section}`, files.map((file) => link(file)).join(', ')]),
    ),
    '## Refused at upload',
    'Nothing is passed through silently: what cannot run is refused, or warned of, with the element and a sentence in Chinese and English. These are the sentences for the invalid models of `test/fixtures/model`.',
    ...refusals.flatMap(({ rule, about, refusals: refused }) => [
      `### ${about} (\`${rule}\`)`,
      table(
        ['Model', 'Answer', 'Says'],
        refused.map(({ name, severity, says }) => [
          `[${name}](../test/fixtures/model/${rule}/invalid-${name}.bpmn)`,
          severity === 'error' ? 'refused' : severity,
          cell(says),
        ]),
      ),
    ]),
    '## Workflow control-flow patterns',
    'The 43 patterns of Russell, ter Hofstede, van der Aalst and Mulyar, “Workflow Control-Flow Patterns: A Revised View” (2006).',
    table(
      ['No.', 'Pattern', 'Realised', 'How, or why not', 'Test'],
      [...patterns]
        .sort((a, b) => a.number - b.number)
        .map(({ number, name, realised, how, file }) => [String(number), name, realised, cell(how), link(file)]),
    ),
    summary(patterns),
    '',
  ].join('\n\n');
}

/** An element may have tests in several files. */
function merged(elements) {
  const rows = new Map();
  for (const { name, section, file } of elements) {
    const key = `${name} ${section}`;
    const row = rows.get(key) ?? { name, section, files: [] };
    if (!row.files.includes(file)) row.files.push(file);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function summary(patterns) {
  const count = (realised) =>
    new Set(patterns.filter((row) => row.realised === realised).map(({ number }) => number)).size;
  return `Realised: ${count('yes')}; partly: ${count('partly')}; not: ${count('no')}.`;
}

function bySection(a, b) {
  const [left, right] = [a, b].map((section) => section.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
const link = (file) => `[${file.split('/').at(-1).replace('.test.ts', '')}](../${file})`;

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
