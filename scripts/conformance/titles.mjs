import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** What `element(…)` and `pattern(…)` of test/support/conformance.ts say in every feature test, without running any. */
export function readTitles(root) {
  const elements = [];
  const patterns = [];
  for (const folder of ['bpmn', 'patterns']) {
    const place = join(root, 'test/features', folder);
    for (const name of readdirSync(place).sort()) {
      if (!name.endsWith('.test.ts')) continue;
      const path = join(place, name);
      const file = relative(root, path).replaceAll('\\', '/');
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
      for (const { called, args, line } of calls(source)) {
        const texts = args.map((arg) => literal(arg, `${file}:${line}`));
        if (called === 'element') elements.push({ name: texts[0], section: texts[1], file });
        else patterns.push({ number: Number(texts[0]), name: texts[1], realised: texts[2], how: texts[3], file });
      }
    }
  }
  return { elements, patterns };
}

/** The title arguments of each call: all but the last, which is the tests. */
function calls(source) {
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const called = node.expression.text;
      if (called === 'element' || called === 'pattern') {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const args = node.arguments.slice(0, -1);
        if (args.length === (called === 'element' ? 2 : 4)) found.push({ called, args, line });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function literal(node, where) {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (ts.isBinaryExpression(node)) return literal(node.left, where) + literal(node.right, where);
  throw new Error(`${where}: expected a literal title, but it is computed: ${node.getText()}`);
}
