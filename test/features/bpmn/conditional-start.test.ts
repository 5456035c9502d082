import { expect, it } from '@jest/globals';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { bpmn, chain, escapeXml } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office, type Office } from '../../support/office.ts';

const when = (condition: string) =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${escapeXml(condition)}</condition></conditionalEventDefinition>`;
const flood = (condition: string, id = 'flood') =>
  bpmn(
    `<startEvent id="s">${when(condition)}</startEvent><userTask id="react"/><endEvent id="e"/>${chain('s', 'react', 'e')}`,
    { id, name: '防汛应急' },
  );

const cases = (desk: Office, definitionKey = 'flood') => desk.store.listCases({ definitionKey, limit: 10 });

element('Conditional start event', '10.5.2', () => {
  it('begins a case with the variables by which its condition is true', async () => {
    const desk = office();
    await desk.deploy(flood('waterLevel > 4'));
    expect(await desk.engine.startOnConditions({ waterLevel: 4.2 })).toMatchObject({
      started: [{ definition: { id: 'flood:1' }, element: 's' }],
      failed: [],
    });
    await desk.pass(0);
    const [row] = await cases(desk);
    expect(row).toMatchObject({ title: '防汛应急' });
    expect(row!.state.scopes['0']!.variables).toEqual({ waterLevel: 4.2 });
    expect(await desk.waiting(row!.id)).toEqual(['react']);
  });

  it.each<JsonObject>([{ waterLevel: 3 }, { waterLevel: null }, {}])(
    'begins nothing where it is not true: %j',
    async (variables) => {
      const desk = office();
      await desk.deploy(flood('waterLevel > 4'));
      expect((await desk.engine.startOnConditions(variables)).started).toEqual([]);
      await desk.pass(0);
      expect(await cases(desk)).toEqual([]);
    },
  );

  it('is judged of every process, in its newest version only', async () => {
    const desk = office();
    await desk.deploy(flood('waterLevel > 1'));
    await desk.deploy(flood('waterLevel > 4'));
    await desk.deploy(flood('waterLevel > 2', 'watch'));
    const { started } = await desk.engine.startOnConditions({ waterLevel: 3 });
    expect(started.map(({ definition }) => definition.id)).toEqual(['watch:1']);
  });

  it('may ask for the time', async () => {
    const desk = office({ now: '2026-07-01T09:00:00+08:00' });
    await desk.deploy(flood('today() >= date("2026-07-01")'));
    expect((await desk.engine.startOnConditions({})).started).toHaveLength(1);
  });

  it('says which condition it could not evaluate, and begins the others', async () => {
    const desk = office();
    await desk.deploy(flood('count(for a in 1..9999 return for b in 1..9999 return a * b) > level', 'endless'));
    await desk.deploy(flood('level > 4'));
    const { started, failed } = await desk.engine.startOnConditions({ level: 5 });
    expect(started.map(({ definition }) => definition.id)).toEqual(['flood:1']);
    expect(failed).toMatchObject([{ definition: { id: 'endless:1' }, element: 's', reason: expect.any(String) }]);
  });

  it('begins one case, also where its job is done twice', async () => {
    const desk = office();
    await desk.deploy(flood('waterLevel > 4'));
    await desk.engine.startOnConditions({ waterLevel: 5 });
    const [job] = await desk.store.claimDueJobs({ owner: 'dead', now: desk.clock.now(), leaseMs: 1, limit: 10 });
    await desk.pass(1000);
    await desk.store.commitRecords({ jobs: { put: [{ ...job!, owner: null, leaseUntil: 0 }], remove: [] } });
    await desk.pass(0);
    expect(await cases(desk)).toHaveLength(1);
  });

  it('is not how a case begins by hand', async () => {
    const desk = office();
    await desk.deploy(flood('waterLevel > 4'));
    await expect(
      desk.engine.startCase(
        { definitionKey: 'flood', number: '1', title: 't', applicant: null, department: null, variables: {} },
        DESIGNER,
      ),
    ).rejects.toMatchObject({ code: 'case.no_start_event' });
  });

  it('may be one of several events that begin a case', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<startEvent id="s">${when('waterLevel > 4')}<signalEventDefinition signalRef="storm"/></startEvent><userTask id="react"/><endEvent id="e"/>${chain('s', 'react', 'e')}`,
        { id: 'flood', roots: '<signal id="storm" name="台风预警"/>' },
      ),
    );
    await desk.engine.startOnConditions({ waterLevel: 5 });
    await desk.pass(0);
    const [row] = await cases(desk);
    expect(await desk.waiting(row!.id)).toEqual(['react']);
  });
});
