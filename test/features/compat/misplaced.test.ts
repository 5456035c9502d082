import { describe, expect, it } from '@jest/globals';
import { checkUpload } from '../../../engine/model/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';

async function findings(task: string) {
  const xml = bpmn(`<startEvent id="s"/>${task}<endEvent id="e"/>${chain('s', 't', 'e')}`);
  const { ok, findings: found } = await checkUpload(Buffer.from(xml));
  return {
    ok,
    said: found.filter(({ rule }) => rule === 'known-extension').map(({ element, en }) => `${element}: ${en}`),
  };
}

describe('an attribute of Camunda where it means nothing', () => {
  it.each([
    ['an assignee of a service task', '<serviceTask id="t" ov:topic="x" camunda:assignee="wang"/>', 'assignee'],
    ['candidate groups of a manual task', '<manualTask id="t" camunda:candidateGroups="tax"/>', 'candidateGroups'],
    [
      'a form of a script task',
      '<scriptTask id="t" scriptFormat="feel" camunda:formKey="f"><script>1</script></scriptTask>',
      'formKey',
    ],
    ['a topic of a user task', '<userTask id="t" ov:department="tax" camunda:topic="x"/>', 'topic'],
    [
      'a version called by a user task',
      '<userTask id="t" ov:department="tax" camunda:calledElementVersion="2"/>',
      'calledElementVersion',
    ],
    ['an initiator of a task', '<userTask id="t" ov:department="tax" camunda:initiator="who"/>', 'initiator'],
  ])('is named at upload: %s', async (_, task, name) => {
    expect(await findings(task)).toEqual({
      ok: true,
      said: [`t: Content camunda:${name} has no effect at this element`],
    });
  });

  it('is not complained of where it is read', async () => {
    const { said } = await findings(
      '<userTask id="t" camunda:assignee="wang" camunda:candidateGroups="tax" camunda:formKey="f" camunda:priority="3"/>',
    );
    expect(said).toEqual([]);
  });
});
