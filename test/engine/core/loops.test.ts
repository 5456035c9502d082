import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const DESIGNER = { id: 'd', name: 'd', groups: [] };

describe('a loop without a wait state', () => {
  it('becomes an incident, and the server goes on', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><exclusiveGateway id="m"/><exclusiveGateway id="x" default="x-m"/><endEvent id="e"/>' +
          chain('s', 'm', 'x') +
          flow('x', 'e', 'stop = true') +
          flow('x', 'm'),
      ),
      { stop: false },
    );
    expect(await desk.incidents(id)).toEqual(['case.step_budget s']);
    expect((await desk.engine.getCase(id)).status).toBe('active');
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, DESIGNER);
    expect(await desk.incidents(id)).toEqual(['case.step_budget s']);
  });

  it('may run 500 scripts in a row', async () => {
    const desk = office();
    const ids = Array.from({ length: 500 }, (_, i) => `t${i}`);
    const scripts = ids
      .map((id) => `<scriptTask id="${id}" scriptFormat="feel" ov:result="n"><script>n + 1</script></scriptTask>`)
      .join('');
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/>${scripts}<userTask id="u"/><endEvent id="e"/>` + chain('s', ...ids, 'u', 'e')),
      { n: 0 },
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'u'))).toEqual({ n: 500 });
  }, 30_000);

  it('stops a script that doubles its data each time round', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><exclusiveGateway id="m"/><scriptTask id="grow" scriptFormat="feel" ov:result="x"><script>{a: x, b: x}</script></scriptTask>' +
          chain('s', 'm', 'grow') +
          flow('grow', 'm'),
      ),
      { x: 1 },
    );
    expect(await desk.incidents(id)).toEqual(['expression.failed grow']);
  });
});

describe('an incident', () => {
  it('lets the case go on after the cause is repaired and the step is tried again', async () => {
    let broken = true;
    const desk = office({
      connectors: { http: async () => (broken ? Promise.reject(new Error('down')) : { stamp: 'ok' }) },
    });
    const { id } = await desk.open(
      bpmn(
        '<startEvent id="s"/><serviceTask id="call"><extensionElements><ov:http method="POST" url="http://registry.test/x"/></extensionElements></serviceTask><userTask id="u"/><endEvent id="e"/>' +
          chain('s', 'call', 'u', 'e'),
      ),
    );
    for (let i = 0; i < 3; i++) await desk.pass(3_600_000);
    expect(await desk.incidents(id)).toEqual(['job.failed call']);
    broken = false;
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, DESIGNER);
    await desk.engine.runDueJobs();
    expect(await desk.incidents(id)).toEqual([]);
    expect(await desk.engine.taskVariables(await desk.task(id, 'u'))).toEqual({ stamp: 'ok' });
    expect((await desk.engine.getCase(id)).incidents).toBe(0);
  });
});
