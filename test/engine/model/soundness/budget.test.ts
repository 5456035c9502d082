import { expect, it } from '@jest/globals';
import { compileExpression } from '../../../../engine/expressions/index.ts';
import { lintContext } from '../../../../engine/model/lint/rule.ts';
import { parseBpmn } from '../../../../engine/model/parse.ts';
import { prepareSoundness } from '../../../../engine/model/soundness/soundness.ts';
import { bpmn, flow } from '../../../support/bpmn.ts';

/** Decisions one in the other that may each lead back to their merge, all about the same data. */
function loops(depth: number): string {
  let xml = '<startEvent id="s"/><endEvent id="e"/><userTask id="t"/>';
  const merges = Array.from({ length: depth }, (_, i) => `m${i}`);
  const checks = Array.from({ length: depth }, (_, i) => `x${depth - 1 - i}`);
  const path = ['s', ...merges, 't', ...checks, 'e'];
  for (const id of merges) xml += `<exclusiveGateway id="${id}"/>`;
  path.slice(1).forEach((id, i) => {
    xml += flow(path[i]!, id);
    if (path[i]!.startsWith('x')) {
      xml += `<exclusiveGateway id="${path[i]!}" default="${path[i]!}-${id}"/>`;
      xml += flow(path[i]!, path[i]!.replace('x', 'm'), `round = ${i}`);
    }
  });
  return bpmn(xml);
}

/** How often the check of this model lets others have their turn: its measure of work. */
async function turnsOf(depth: number): Promise<number> {
  const context = lintContext(await parseBpmn(loops(depth)), compileExpression);
  let turns = 0;
  for (const preparing = prepareSoundness(context); !preparing.next().done; turns++);
  return turns;
}

it('what decisions have said is part of the work that the check of a model may do', async () => {
  expect(await turnsOf(400)).toBeLessThan(400);
});
