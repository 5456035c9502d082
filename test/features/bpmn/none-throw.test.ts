import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

element('None intermediate event', '13.5.2', () => {
  it('marks a milestone in the history, and the case goes on', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><intermediateThrowEvent id="accepted" name="已受理"/><userTask id="after"/><endEvent id="e"/>' +
          chain('s', 'accepted', 'after', 'e'),
      ),
    );
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.events(id)).toContain('element.completed accepted');
  });
});
