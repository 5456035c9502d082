import { describe, expect, it } from '@jest/globals';
import { addPart, cutModel } from '../../../engine/model/model-parts.ts';
import { parseBpmn } from '../../../engine/model/parse.ts';
import { bpmn, chain } from '../../support/bpmn.ts';

describe('a model on its way between threads', () => {
  it('is the same when all its parts have been put back', async () => {
    const tasks = Array.from({ length: 1_200 }, (_, i) => `t${i}`);
    const model = await parseBpmn(
      bpmn(
        `<startEvent id="s"/><endEvent id="e"/><unknown id="u"/>` +
          tasks.map((id) => `<userTask id="${id}"/>`).join('') +
          chain('s', ...tasks, 'e'),
      ),
    );
    const { parts, rest } = structuredClone(cutModel(model));
    for (const part of parts) addPart(rest, part);
    expect(rest).toEqual(model);
    expect(rest.process).toBe(rest.executables[0]);
  });

  it('leaves no part that takes long, and no long list in the rest', async () => {
    const model = await parseBpmn(bpmn('<startEvent id="s"/>' + '<userTask id="t"/>'.repeat(3_000)));
    const { parts, rest } = cutModel(model);
    expect(parts.every(({ items }) => items.length <= 500)).toBe(true);
    expect(rest.problems).toHaveLength(0);
    expect(rest.process!.nodes).toHaveLength(0);
  });
});
