import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office, type Office } from '../../support/office.ts';

const variablesOf = async (desk: Office, id: string) => (await desk.engine.getCase(id)).state.scopes['0']!.variables;
const process = (body: string, roots = '') =>
  bpmn(`<startEvent id="s"/>${body}<userTask id="after"/><endEvent id="e"/>${chain('s', 'work', 'after', 'e')}`, {
    roots,
  });
const io = `<ioSpecification><dataInput id="in1" name="place"/><dataOutput id="out1" name="verdict"/><inputSet/><outputSet/></ioSpecification>`;

element('Data object', '10.4.1', () => {
  it('is a variable: what is drawn changes nothing, an association between two ends moves the value', async () => {
    const desk = office();
    const row = await desk.open(
      process(`<dataObject id="address"/><dataObjectReference id="ref1" name="地址" dataObjectRef="address"><dataState id="st" name="draft"/></dataObjectReference>
        <dataObject id="o2"/><dataObjectReference id="ref2" name="结论" dataObjectRef="o2"/>
        <userTask id="work">${io}<property id="ph" name="__targetRef_placeholder"/>
          <dataInputAssociation><sourceRef>ref1</sourceRef><targetRef>in1</targetRef></dataInputAssociation>
          <dataInputAssociation><sourceRef>ref2</sourceRef><targetRef>ph</targetRef></dataInputAssociation>
          <dataOutputAssociation><sourceRef>out1</sourceRef><targetRef>ref2</targetRef></dataOutputAssociation>
          <dataOutputAssociation><targetRef>ref1</targetRef></dataOutputAssociation></userTask>`),
      { 地址: '解放路' },
    );
    expect(await desk.engine.taskVariables(await desk.task(row.id, 'work'))).toEqual({
      地址: '解放路',
      place: '解放路',
    });
    await desk.complete(row.id, 'work', { verdict: 'ok', note: 'inside only' });
    expect(await variablesOf(desk, row.id)).toEqual({ 地址: '解放路', 结论: 'ok' });
  });

  it('of a sub-process lives and dies with it', async () => {
    const desk = office();
    const inner = `<dataObject id="draft"/><startEvent id="is"/><userTask id="inner">${io}
      <dataOutputAssociation><sourceRef>out1</sourceRef><targetRef>draft</targetRef></dataOutputAssociation></userTask><userTask id="next"/><endEvent id="ie"/>${chain('is', 'inner', 'next', 'ie')}`;
    const row = await desk.open(process(`<subProcess id="work">${inner}</subProcess>`));
    await desk.complete(row.id, 'inner', { verdict: 'v1' });
    expect(await desk.engine.taskVariables(await desk.task(row.id, 'next'))).toEqual({ draft: 'v1' });
    await desk.complete(row.id, 'next');
    expect(await variablesOf(desk, row.id)).toEqual({});
    expect(await desk.waiting(row.id)).toEqual(['after']);
  });
});

element('Data input and output', '10.4.2', () => {
  it('a transformation and assignments say what goes in and out, in FEEL', async () => {
    const desk = office();
    const row = await desk.open(
      process(`<dataObject id="area"/><dataObject id="price"/><dataObject id="total"/>
        <userTask id="work">${io}
          <dataInputAssociation><sourceRef>area</sourceRef><sourceRef>price</sourceRef><targetRef>in1</targetRef><transformation>area * price</transformation></dataInputAssociation>
          <dataInputAssociation><sourceRef>area</sourceRef><targetRef>in1</targetRef>
            <assignment><from>= area + 1</from><to>bigger</to></assignment><assignment><from>price</from><to>rate</to></assignment></dataInputAssociation>
          <dataOutputAssociation><sourceRef>out1</sourceRef><targetRef>total</targetRef><assignment><from>verdict * 2</from><to>total</to></assignment></dataOutputAssociation></userTask>`),
      { area: 10, price: 3 },
    );
    expect(await desk.engine.taskVariables(await desk.task(row.id, 'work'))).toMatchObject({
      place: 30,
      bigger: 11,
      rate: 3,
    });
    await desk.complete(row.id, 'work', { verdict: 21 });
    expect(await variablesOf(desk, row.id)).toEqual({ area: 10, price: 3, total: 42 });
  });

  it('feed a multi-instance activity and gather from it', async () => {
    const desk = office();
    const row = await desk.open(
      process(`<dataObject id="floors"/><dataObject id="results"/>
        <userTask id="work"><ioSpecification><dataInput id="list" name="floors"/><dataOutput id="all" name="results"/><inputSet/><outputSet/></ioSpecification>
          <multiInstanceLoopCharacteristics><loopDataInputRef>list</loopDataInputRef><loopDataOutputRef>all</loopDataOutputRef>
            <inputDataItem id="floor" name="floor"/><outputDataItem id="result" name="result"/></multiInstanceLoopCharacteristics></userTask>`),
      { floors: [1, 2] },
    );
    const tasks = await desk.store.listTasksOfCase(row.id);
    for (const task of tasks) {
      const { floor } = await desk.engine.taskVariables(task);
      const who = { id: 'li', name: 'li', groups: [] };
      await desk.engine.claimTask(task.id, who).catch(() => undefined);
      await desk.engine.completeTask({ taskId: task.id, variables: { result: `floor ${floor as number}` } }, who);
    }
    expect(await variablesOf(desk, row.id)).toEqual({ floors: [1, 2], results: ['floor 1', 'floor 2'] });
  });
});

element('Property', '10.4.1', () => {
  it('of an activity is its own variable and hides one outside', async () => {
    const desk = office();
    const inner = `<startEvent id="is"/><userTask id="inner"/><endEvent id="ie"/>${chain('is', 'inner', 'ie')}`;
    const row = await desk.open(process(`<subProcess id="work"><property id="p1" name="memo"/>${inner}</subProcess>`), {
      memo: 'outside',
    });
    expect(await desk.engine.taskVariables(await desk.task(row.id, 'inner'))).toEqual({ memo: null });
    await desk.complete(row.id, 'inner', { memo: 'inside', other: 1 });
    expect(await variablesOf(desk, row.id)).toEqual({ memo: 'outside', other: 1 });
  });
});

element('Data store', '10.4.1', () => {
  const roots = '<dataStore id="ds" name="licences"/>';
  const register = bpmn(
    `<dataStoreReference id="store" name="证照库" dataStoreRef="ds" ov:key="= licenceNo"/>
     <startEvent id="s"/><userTask id="work">
       <dataOutputAssociation><sourceRef>store</sourceRef><targetRef>store</targetRef><transformation>{ holder: holder, from: place }</transformation></dataOutputAssociation></userTask>
     <userTask id="after"/><endEvent id="e"/>${chain('s', 'work', 'after', 'e')}`,
    { id: 'register', roots },
  );
  const check = bpmn(
    `<dataStoreReference id="store" name="known" dataStoreRef="ds" ov:key="= no"/><startEvent id="s"/>
     <userTask id="work"><ioSpecification><dataInput id="in1" name="licence"/><inputSet/><outputSet/></ioSpecification>
       <dataInputAssociation><sourceRef>store</sourceRef><targetRef>in1</targetRef></dataInputAssociation></userTask>
     <endEvent id="e"/>${chain('s', 'work', 'e')}`,
    { id: 'check', roots },
  );

  it('keeps records that any case may read, written with the step that made them', async () => {
    const desk = office();
    const row = await desk.open(register, { licenceNo: 'L-1', place: '本溪' });
    const early = await desk.open(check, { no: 'L-1' });
    expect(await desk.engine.taskVariables(await desk.task(early.id, 'work'))).toMatchObject({ licence: null });
    await desk.complete(row.id, 'work', { holder: '张三' });
    expect(await desk.store.getDocument('data-store.licences', 'L-1')).toEqual({ holder: '张三', from: '本溪' });
    expect(await desk.waiting(row.id)).toEqual(['after']);
    expect(await desk.events(row.id)).toContain('record.written work');
    const late = await desk.start('check', { no: 'L-1' });
    expect(await desk.engine.taskVariables(await desk.task(late.id, 'work'))).toMatchObject({
      licence: { holder: '张三', from: '本溪' },
    });
  });

  it('asks for a person where the key or the record is none', async () => {
    const desk = office();
    const row = await desk.open(register, { place: '本溪' });
    await desk.complete(row.id, 'work', { holder: '张三' });
    expect(await desk.incidents(row.id)).toEqual(['record.bad_key work']);
    const odd = await desk.open(check, { no: [1] });
    expect(await desk.incidents(odd.id)).toEqual(['record.bad_key work']);
    const flat = register.replace('{ holder: holder, from: place }', 'place');
    const text = await desk.open(flat, { licenceNo: 'L-2', place: '本溪' });
    await desk.complete(text.id, 'work');
    expect(await desk.incidents(text.id)).toEqual(['record.not_a_context work']);
    expect(await desk.store.getDocument('data-store.licences', 'L-2')).toBeUndefined();
  });

  it.each([
    ['a key is none', { at: '海淀区' }, 'record.bad_key'],
    ['a record is none', { plot: 'P-1' }, 'record.not_a_context'],
    ['a variable is too large', { plot: 'P-1', at: '海淀区', scan: 'x'.repeat(2_000_000) }, 'variables.too_large'],
  ])('gets all records of an activity or none: where %s, not the others either', async (_, given, code) => {
    const desk = office();
    const row = await desk.open(
      process(
        `<dataStoreReference id="licences" name="licences" ov:key="L-1"/><dataStoreReference id="plots" name="plots" ov:key="= plot"/>
         <userTask id="work">
           <dataOutputAssociation><targetRef>licences</targetRef><transformation>{ holder: holder }</transformation></dataOutputAssociation>
           <dataOutputAssociation><targetRef>plots</targetRef><transformation>if at = null then null else { at: at }</transformation></dataOutputAssociation></userTask>`,
      ),
      { note: 'before' },
    );
    await desk.complete(row.id, 'work', { note: 'after', holder: '张三', ...given });
    expect(await desk.incidents(row.id)).toEqual([`${code} work`]);
    expect(await desk.store.getDocument('data-store.licences', 'L-1')).toBeUndefined();
    expect(await desk.store.getDocument('data-store.plots', 'P-1')).toBeUndefined();
    expect(await desk.events(row.id)).not.toContain('record.written work');
    expect(await variablesOf(desk, row.id)).toEqual({ note: 'before' });
  });

  it('is written by a sub-process when that ends, with what is inside it', async () => {
    const desk = office();
    const inner = `<startEvent id="is"/><userTask id="inner"><extensionElements/></userTask><endEvent id="ie"/>${chain('is', 'inner', 'ie')}`;
    const row = await desk.open(
      process(
        `<dataStoreReference id="store" name="licences" ov:key="L-9"/><subProcess id="work"><property id="p" name="holder"/>${inner}
         <dataOutputAssociation><targetRef>store</targetRef><transformation>{ holder: holder }</transformation></dataOutputAssociation></subProcess>`,
      ),
    );
    await desk.complete(row.id, 'inner', { holder: '李四' });
    expect(await desk.store.getDocument('data-store.licences', 'L-9')).toEqual({ holder: '李四' });
    expect(await variablesOf(desk, row.id)).toEqual({});
  });
});
