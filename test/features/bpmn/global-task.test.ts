import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const calling = (id: string, attributes = '', inside = '') =>
  `<startEvent id="s"/><callActivity id="${id}" ${attributes} calledElement="shared">${inside}</callActivity><userTask id="after"/>
   <endEvent id="e"/>${chain('s', id, 'after', 'e')}`;

element('Global task', '10.3.6', () => {
  it('a global user task is done where it is called, by whom it names, with its form', async () => {
    const desk = office();
    const row = await desk.open(
      bpmn(calling('here', 'name="核税"'), {
        roots: '<globalUserTask id="shared" name="共用核验" ov:department="tax" ov:form="opinion"/>',
      }),
    );
    const task = await desk.task(row.id, 'here');
    expect(task).toMatchObject({ name: '核税', groups: ['tax'], form: 'opinion' });
    await desk.complete(row.id, 'here', { result: 'ok' });
    expect(await desk.waiting(row.id)).toEqual(['after']);
    expect((await desk.store.findCase(row.id))!.state.scopes['0']!.variables).toEqual({ result: 'ok' });
    expect(await desk.store.listCases({ parent: row.id, limit: 1 })).toEqual([]);
  });

  it('a global user task takes its name along where the call activity has none', async () => {
    const desk = office();
    const row = await desk.open(
      bpmn(calling('here'), { roots: '<globalUserTask id="shared" name="共用核验" ov:department="tax"/>' }),
    );
    expect((await desk.task(row.id, 'here')).name).toBe('共用核验');
  });

  it('the mappings and the repetition of the call activity hold for the global task', async () => {
    const desk = office();
    const inside = `<extensionElements><ov:input target="own" source="item * 2"/></extensionElements>
      <multiInstanceLoopCharacteristics ov:collection="items" ov:elementVariable="item"/>`;
    const row = await desk.open(
      bpmn(calling('here', '', inside), { roots: '<globalUserTask id="shared" ov:department="tax"/>' }),
      { items: [1, 2] },
    );
    expect(await desk.waiting(row.id)).toEqual(['here', 'here']);
    const tasks = await desk.store.listTasksOfCase(row.id);
    const owns = await Promise.all(tasks.map(async (task) => (await desk.engine.taskVariables(task)).own));
    expect(owns.sort()).toEqual([2, 4]);
  });

  it('a global script task is FEEL', async () => {
    const desk = office();
    const row = await desk.open(
      bpmn(calling('here'), {
        roots:
          '<globalScriptTask id="shared" scriptLanguage="feel" ov:result="sum"><script>1 + n</script></globalScriptTask>',
      }),
      { n: 2 },
    );
    expect((await desk.store.findCase(row.id))!.state.scopes['0']!.variables).toMatchObject({ sum: 3 });
    expect(await desk.waiting(row.id)).toEqual(['after']);
  });

  it('a global business rule task is a FEEL rule, a global manual or abstract task is passed', async () => {
    const desk = office();
    const rule = await desk.open(
      bpmn(calling('here'), {
        roots:
          '<globalBusinessRuleTask id="shared" ov:expression="if n > 1 then &quot;high&quot; else &quot;low&quot;" ov:result="risk"/>',
      }),
      { n: 2 },
    );
    expect((await desk.store.findCase(rule.id))!.state.scopes['0']!.variables).toMatchObject({ risk: 'high' });
    for (const root of ['<globalManualTask id="shared"/>', '<globalTask id="shared"/>']) {
      const row = await desk.open(bpmn(calling('here'), { roots: root }));
      expect(await desk.waiting(row.id)).toEqual(['after']);
    }
  });

  it('a script in another language is refused where it is called', async () => {
    const desk = office();
    const xml = bpmn(calling('here'), {
      roots: '<globalScriptTask id="shared" scriptLanguage="javascript"><script>evil()</script></globalScriptTask>',
    });
    await expect(desk.deploy(xml)).rejects.toMatchObject({ code: 'definition.findings' });
    const { findings } = await desk.engine.checkUpload(Buffer.from(xml));
    expect(findings.filter(({ severity }) => severity === 'error').map(({ element }) => element)).toContain('here');
  });
});
