import { describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../engine/index.ts';
import type { Operation } from '../../engine/index.ts';
import { auditedOffice } from '../support/audited-office.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { WANG } from '../support/office.ts';

const FENG = { id: 'feng', name: '冯督办', groups: [] };

/** An office whose bookkeeping is looked through after every change by hand. */
function repairShop() {
  const desk = auditedOffice();
  return {
    ...desk,
    async modify(caseId: string, ...operations: Operation[]) {
      await desk.engine.modifyCase({ caseId, operations, reason: '办理有误' }, FENG);
      return desk.check(caseId);
    },
    async refusal(caseId: string, ...operations: Operation[]) {
      const before = await desk.engine.getCase(caseId);
      const refused = await desk.engine.modifyCase({ caseId, operations, reason: '办理有误' }, FENG).then(
        () => undefined,
        (error: { code: string; details: object }) => error,
      );
      expect(await desk.engine.getCase(caseId)).toEqual(before);
      return refused;
    },
  };
}

const move = (from: string, to: string): Operation => ({ do: 'move', at: { element: from }, to: { element: to } });
const cancel = (element: string): Operation => ({ do: 'cancel', at: { element } });
const add = (element: string): Operation => ({ do: 'add', to: { element } });

const LINE = bpmn(
  `<startEvent id="s"/><userTask id="accept" name="受理" ov:department="housing" ov:promise="2"/>
   <userTask id="review" name="审核" ov:department="housing" ov:promise="3"/><endEvent id="e"/>${chain('s', 'accept', 'review', 'e')}`,
);

const BRANCHES = bpmn(
  `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/>
   <userTask id="after"/><endEvent id="e"/>
   ${chain('s', 'fork', 'a', 'join', 'after', 'e')}${chain('fork', 'b', 'join')}`,
);

const INSIDE = bpmn(
  `<startEvent id="s"/><userTask id="before"/>
   <subProcess id="sub" name="联合审查"><startEvent id="ss"/><userTask id="in1"/><userTask id="in2"/><endEvent id="se"/>${chain('ss', 'in1', 'in2', 'se')}</subProcess>
   <boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>
   <userTask id="after"/><endEvent id="e"/>${chain('s', 'before', 'sub', 'after', 'e')}${flow('late', 'after')}`,
);

const PANEL = (sequential: boolean) =>
  bpmn(
    `<startEvent id="s"/><userTask id="sign" name="会签"><multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>
     <userTask id="after"/><endEvent id="e"/>${chain('s', 'sign', 'after', 'e')}`,
  );

const PANEL_OF_STEPS = bpmn(
  `<startEvent id="s"/><subProcess id="each"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
   <startEvent id="ss"/><userTask id="in1"/><userTask id="in2"/><endEvent id="se"/>${chain('ss', 'in1', 'in2', 'se')}</subProcess>
   <userTask id="after"/><endEvent id="e"/>${chain('s', 'each', 'after', 'e')}`,
);

describe('moving a token', () => {
  it('cancels the task it leaves, with its deadline, and opens the one it reaches', async () => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    const task = await shop.task(id, 'accept');
    await shop.modify(id, move('accept', 'review'));
    expect(await shop.waiting(id)).toEqual(['review']);
    expect((await shop.engine.getTask(task.id)).status).toBe('cancelled');
    await shop.complete(id, 'review');
    expect((await shop.check(id)).status).toBe('completed');
  });

  it('takes a task away from the handler who holds it: completing it is refused by name', async () => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    const task = await shop.task(id, 'accept');
    await shop.engine.claimTask(task.id, WANG);
    await shop.modify(id, move('accept', 'review'));
    await expect(shop.engine.completeTask({ taskId: task.id, variables: {} }, WANG)).rejects.toMatchObject({
      code: 'task.closed',
    });
  });

  it('goes back as well as forward, and the case still ends once', async () => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    await shop.complete(id, 'accept');
    await shop.modify(id, move('review', 'accept'));
    await shop.complete(id, 'accept');
    await shop.complete(id, 'review');
    expect((await shop.events(id)).filter((event) => event === 'case.completed')).toHaveLength(1);
  });

  it('opens the sub-process around the target, its boundary timer armed', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    await shop.modify(id, move('before', 'in2'));
    expect(await shop.waiting(id)).toEqual(['in2']);
    expect(await shop.events(id)).toContain('timer.armed late');
    await shop.complete(id, 'in2');
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('out of a sub-process cancels what is left empty, and completes nothing', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    await shop.complete(id, 'before');
    await shop.modify(id, move('in1', 'before'));
    expect(await shop.waiting(id)).toEqual(['before']);
    const events = await shop.events(id);
    expect(events).toContain('element.cancelled sub');
    expect(events).not.toContain('element.completed sub');
  });

  it('into a sub-process that is open stays in that one', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    await shop.complete(id, 'before');
    await shop.modify(id, add('in2'));
    await shop.complete(id, 'in1');
    await shop.complete(id, 'in2');
    expect(await shop.waiting(id)).toEqual(['in2']);
    await shop.complete(id, 'in2');
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('several operations see what the ones before them did: two tokens share the sub-process that the first opened', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    const { state } = await shop.modify(id, cancel('before'), add('in1'), add('in2'));
    expect(Object.values(state.scopes).filter((scope) => scope.node === 'sub')).toHaveLength(1);
    expect(await shop.waiting(id)).toEqual(['in1', 'in2']);
  });

  it('is recorded first, with actor, reason and names, in an unbroken chain', async () => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    const { lastSeq } = await shop.engine.getCase(id);
    await shop.modify(id, move('accept', 'review'));
    const events = await shop.store.listEvents(id, 0, 100);
    expect(events[lastSeq]).toMatchObject({
      type: 'case.modified',
      actor: 'feng',
      data: {
        reason: '办理有误',
        operations: [
          { do: 'move', from: { id: 'accept', name: '受理' }, to: { id: 'review', name: '审核' }, count: 1 },
        ],
      },
    });
    expect(verifyChain(events)).toEqual({ ok: true });
  });
});

describe('tokens at a join', () => {
  it('are moved on when the other branch will never come', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.complete(id, 'a');
    await shop.modify(id, cancel('b'), move('join', 'after'));
    expect(await shop.waiting(id)).toEqual(['after']);
    await shop.complete(id, 'after');
    expect((await shop.check(id)).status).toBe('completed');
  });

  it('are cancelled, and the join then waits for both again', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.complete(id, 'a');
    await shop.modify(id, cancel('join'), add('a'));
    await shop.complete(id, 'b');
    expect(await shop.waiting(id)).toEqual(['a']);
    await shop.complete(id, 'a');
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('left alone by a cancelled branch wait as an incident, which a token on the missing flow resolves', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.complete(id, 'a');
    await shop.modify(id, cancel('b'));
    expect(await shop.incidents(id)).toEqual(['join.never_fires join']);
    await shop.modify(id, add('join'));
    expect(await shop.incidents(id)).toEqual([]);
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('that is stuck can be moved on by its incident', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.complete(id, 'a');
    await shop.modify(id, cancel('b'));
    await shop.modify(id, move('join', 'after'));
    expect([await shop.incidents(id), await shop.waiting(id)]).toEqual([[], ['after']]);
  });

  it('arrive on the flow that is named, or on the first that holds none', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.complete(id, 'a');
    await shop.modify(id, { do: 'move', at: { element: 'b' }, to: { element: 'join' } });
    expect(await shop.waiting(id)).toEqual(['after']);
    expect(await shop.refusal(id, { do: 'add', to: { element: 'join', flow: 's-fork' } })).toMatchObject({
      code: 'modification.not_an_incoming_flow',
      details: { element: 'join', flow: 's-fork' },
    });
  });

  it('move all together: two parallel branches into one task each on its own', async () => {
    const shop = repairShop();
    const { id } = await shop.open(BRANCHES);
    await shop.modify(id, move('a', 'join'), move('b', 'join'));
    expect(await shop.waiting(id)).toEqual(['after']);
  });
});

describe('a multi-instance activity', () => {
  it('goes as a whole when its element is named', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL(false));
    await shop.modify(id, move('sign', 'after'));
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('does not wait for an instance that was cancelled', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL(false));
    const { token } = await shop.task(id, 'sign');
    const { state } = await shop.modify(id, { do: 'cancel', at: { token } });
    const body = Object.values(state.scopes).find((scope) => scope.kind === 'multi')!;
    expect(body.variables).toMatchObject({ nrOfInstances: 3, nrOfActiveInstances: 2, nrOfCompletedInstances: 0 });
    await shop.complete(id, 'sign');
    await shop.complete(id, 'sign');
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('ends with what was completed when its last instance is cancelled', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL(false));
    await shop.complete(id, 'sign');
    await shop.complete(id, 'sign');
    await shop.modify(id, { do: 'cancel', at: { token: (await shop.task(id, 'sign')).token } });
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('goes on with the next one in a sequence', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL(true));
    await shop.modify(id, { do: 'cancel', at: { token: (await shop.task(id, 'sign')).token } });
    await shop.complete(id, 'sign');
    await shop.complete(id, 'sign');
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('cannot be entered from outside, but moved in within one instance', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL_OF_STEPS);
    expect(await shop.refusal(id, add('in2'))).toMatchObject({
      code: 'modification.target_in_multi_instance',
      details: { element: 'in2', around: 'each' },
    });
    const { token } = await shop.task(id, 'in1');
    await shop.modify(id, { do: 'move', at: { token }, to: { element: 'in2' } });
    expect(await shop.waiting(id)).toEqual(['in1', 'in2']);
  });

  it('is cancelled with its owner when every instance is taken out', async () => {
    const shop = repairShop();
    const { id } = await shop.open(PANEL_OF_STEPS);
    await shop.modify(id, cancel('in1'), add('after'));
    expect(await shop.waiting(id)).toEqual(['after']);
    expect(await shop.events(id)).not.toContain('element.completed each');
  });
});

const AGAIN = bpmn(
  `<startEvent id="s"/><subProcess id="again"><standardLoopCharacteristics><loopCondition>goOn</loopCondition></standardLoopCharacteristics>
   <startEvent id="ss"/><userTask id="in1"/><userTask id="in2"/><endEvent id="se"/>${chain('ss', 'in1', 'in2', 'se')}</subProcess>
   <userTask id="after"/><endEvent id="e"/>${chain('s', 'again', 'after', 'e')}`,
);

describe('a loop', () => {
  it('is moved through within its iteration, and goes on as its condition says', async () => {
    const shop = repairShop();
    const { id } = await shop.open(AGAIN, { goOn: true });
    expect(await shop.refusal(id, add('in2'))).toMatchObject({ code: 'modification.target_in_loop' });
    await shop.modify(id, move('in1', 'in2'));
    await shop.complete(id, 'in2', { goOn: true });
    expect(await shop.waiting(id)).toEqual(['in1']);
    await shop.modify(id, move('in1', 'in2'));
    await shop.complete(id, 'in2', { goOn: false });
    expect(await shop.waiting(id)).toEqual(['after']);
  });

  it('is over, and not completed, when its iteration is taken out', async () => {
    const shop = repairShop();
    const { id } = await shop.open(AGAIN, { goOn: true });
    await shop.modify(id, move('in1', 'after'));
    expect(await shop.waiting(id)).toEqual(['after']);
    expect(await shop.events(id)).not.toContain('element.completed again');
  });
});

const ON_EVENT = (interrupting: boolean) =>
  bpmn(
    `<startEvent id="s"/><userTask id="work"/><userTask id="after"/><endEvent id="e"/>${chain('s', 'work', 'after', 'e')}
     <subProcess id="on" triggeredByEvent="true"><startEvent id="os" isInterrupting="${interrupting}"><messageEventDefinition messageRef="m"/></startEvent>
     <userTask id="handle"/><userTask id="report"/><endEvent id="oe"/>${chain('os', 'handle', 'report', 'oe')}</subProcess>`,
    { roots: '<message id="m" name="news"/>' },
  );
const NEWS = { name: 'news', key: null, variables: {} };

describe('an event sub-process', () => {
  it('is left by a move into the flow, and listens again', async () => {
    const shop = repairShop();
    const { id } = await shop.open(ON_EVENT(true));
    await shop.engine.correlateMessage(NEWS, WANG);
    expect(await shop.waiting(id)).toEqual(['handle']);
    await shop.modify(id, move('handle', 'after'));
    expect(await shop.waiting(id)).toEqual(['after']);
    await shop.engine.correlateMessage(NEWS, WANG);
    expect(await shop.waiting(id)).toEqual(['handle']);
  });

  it('that runs can be moved in, and one that does not cannot be begun by hand', async () => {
    const shop = repairShop();
    const { id } = await shop.open(ON_EVENT(false));
    for (const [element, code] of [
      ['on', 'target_begins_by_event'],
      ['os', 'target_begins_by_event'],
      ['report', 'target_in_event_sub_process'],
    ])
      expect(await shop.refusal(id, add(element!))).toMatchObject({
        code: `modification.${code}`,
        details: { element },
      });
    await shop.engine.correlateMessage(NEWS, WANG);
    await shop.modify(id, move('handle', 'report'));
    expect(await shop.waiting(id)).toEqual(['report', 'work']);
    await shop.modify(id, cancel('report'));
    expect(await shop.waiting(id)).toEqual(['work']);
  });

  it('cannot be cancelled before it began: what listens is no token on its way', async () => {
    const shop = repairShop();
    const { id, state } = await shop.open(ON_EVENT(false));
    const listener = Object.values(state.tokens).find((token) => token.wait === 'listener')!.id;
    expect(await shop.refusal(id, cancel('on'))).toMatchObject({ code: 'modification.no_token' });
    expect(await shop.refusal(id, { do: 'cancel', at: { token: listener } })).toMatchObject({
      code: 'modification.token_listens',
    });
  });
});

describe('what cannot be done', () => {
  it.each<[string, Operation[], object]>([
    [
      'an element that is not there',
      [add('nowhere')],
      { code: 'modification.unknown_element', details: { element: 'nowhere' } },
    ],
    [
      'a token that is gone',
      [{ do: 'cancel', at: { token: '999' } }],
      { code: 'modification.unknown_token', details: { token: '999' } },
    ],
    [
      'an element without a token',
      [move('after', 'before')],
      { code: 'modification.no_token', details: { element: 'after' } },
    ],
    [
      'a boundary event as target',
      [move('before', 'late')],
      { code: 'modification.target_is_boundary_event', details: { element: 'late' } },
    ],
    [
      'a scope that is not open',
      [{ do: 'add', to: { element: 'in1', scope: '77' } }],
      { code: 'modification.unknown_scope' },
    ],
    [
      'a scope of something else',
      [{ do: 'add', to: { element: 'in1', scope: '0' } }],
      { code: 'modification.not_in_scope' },
    ],
    ['nothing to do', [], { code: 'modification.bad_count' }],
    ['the same token twice', [cancel('before'), cancel('before')], { code: 'modification.no_token' }],
    ['a case without any token', [cancel('before')], { code: 'modification.nothing_left' }],
    ['all, because of one', [move('before', 'after'), add('nowhere')], { code: 'modification.unknown_element' }],
  ])('%s is refused, and nothing is changed', async (_, operations, refused) => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    expect(await shop.refusal(id, ...operations)).toMatchObject(refused);
    await shop.check(id);
  });

  it('says what was expected', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    expect(await shop.refusal(id, move('before', 'late'))).toMatchObject({
      details: { expected: "an element that tokens flow to, such as 'sub'" },
    });
  });

  it('asks for the scope where the sub-process is open more than once', async () => {
    const shop = repairShop();
    const { id } = await shop.open(INSIDE);
    await shop.modify(id, add('sub'), move('before', 'sub'));
    const refused = await shop.refusal(id, add('in2'));
    expect(refused).toMatchObject({ code: 'modification.ambiguous_scope' });
    const [scope] = (refused!.details as { scopes: string[] }).scopes;
    await shop.modify(id, { do: 'add', to: { element: 'in2', scope: scope! } });
    expect(await shop.waiting(id)).toEqual(['in1', 'in1', 'in2']);
  });

  it.each([
    ['no reason', '   ', 'case.reason_missing'],
    ['a reason without end', '因'.repeat(501), 'case.reason_too_long'],
  ])('%s is refused', async (_, reason, code) => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    const modify = { caseId: id, operations: [move('accept', 'review')], reason };
    await expect(shop.engine.modifyCase(modify, FENG)).rejects.toMatchObject({ code });
  });

  it('a case that is over is left alone', async () => {
    const shop = repairShop();
    const { id } = await shop.open(LINE);
    await shop.engine.cancelCase({ caseId: id, reason: '撤件' }, FENG);
    expect(await shop.refusal(id, add('review'))).toMatchObject({ code: 'case.closed' });
  });

  it('a decision on what is no longer so is refused', async () => {
    const shop = repairShop();
    const { id, rev } = await shop.open(LINE);
    await shop.complete(id, 'accept');
    const modify = { caseId: id, operations: [move('review', 'accept')], reason: '退回', expectedRev: rev };
    await expect(shop.engine.modifyCase(modify, FENG)).rejects.toMatchObject({ code: 'case.moved_on' });
  });
});

describe('a called case', () => {
  it('ends with the call activity that is moved away', async () => {
    const shop = repairShop();
    await shop.deploy(
      bpmn(`<startEvent id="cs"/><userTask id="inner"/><endEvent id="ce"/>${chain('cs', 'inner', 'ce')}`, {
        id: 'child',
      }),
    );
    const { id } = await shop.open(
      bpmn(
        `<startEvent id="s"/><callActivity id="call" calledElement="child"/><userTask id="after"/><endEvent id="e"/>${chain('s', 'call', 'after', 'e')}`,
        { id: 'caller' },
      ),
    );
    await shop.pass(0);
    const [child] = await shop.store.listCases({ parent: id, limit: 10 });
    expect(child!.status).toBe('active');
    await shop.modify(id, move('call', 'after'));
    await shop.pass(0);
    expect((await shop.engine.getCase(child!.id)).status).toBe('cancelled');
    expect(await shop.waiting(id)).toEqual(['after']);
  });
});

describe('an ad-hoc sub-process', () => {
  it('is opened by a move to one of its activities, and waits for a choice when left empty', async () => {
    const shop = repairShop();
    const { id } = await shop.open(
      bpmn(
        `<startEvent id="s"/><userTask id="first"/><adHocSubProcess id="any"><userTask id="x"/><userTask id="y"/></adHocSubProcess><endEvent id="e"/>${chain('s', 'first', 'any', 'e')}`,
      ),
    );
    const { state } = await shop.modify(id, move('first', 'x'));
    expect(await shop.waiting(id)).toEqual(['x']);
    await shop.modify(id, cancel('x'));
    const token = Object.values(state.tokens).find(({ node }) => node === 'any')!.id;
    await shop.engine.activateAdHoc({ caseId: id, token, activities: ['y'] }, WANG);
    expect(await shop.waiting(id)).toEqual(['y']);
    await shop.engine.completeAdHoc({ caseId: id, token }, WANG);
    expect((await shop.check(id)).status).toBe('completed');
  });
});

describe('moving a case past a milestone', () => {
  /** After the acceptance a second task goes on beside what is decided. */
  const PERMIT = bpmn(
    `<startEvent id="s"/><userTask id="accept" name="受理" ov:milestone="accepted"/><parallelGateway id="fork"/>
     <userTask id="review" name="审查" ov:milestone="decided"/><userTask id="survey" name="测绘"/>
     <userTask id="deliver" name="发证" ov:milestone="delivered"/><userTask id="file" name="归档"/><endEvent id="e"/><endEvent id="e2"/>
     ${chain('s', 'accept', 'fork', 'review', 'deliver', 'file', 'e')}${chain('fork', 'survey', 'e2')}`,
    { processAttrs: 'ov:promise="10"' },
  );
  const opened = async () => {
    const shop = repairShop();
    const { id } = await shop.open(PERMIT);
    await shop.pass(86_400_000);
    const preview = async (...operations: Operation[]) =>
      (await shop.engine.previewModification({ caseId: id, operations })).notes.map(({ code, element, was, is }) =>
        [code, element, was, is].filter(Boolean).join(' '),
      );
    const told = async (type: string) =>
      (await shop.store.listEvents(id, 0, 1_000)).filter((event) => event.type === type).at(-1);
    return { ...shop, id, preview, told };
  };

  it('lets its clock go on where all of it lies behind that, and tells so before', async () => {
    const { id, preview, modify, told, clock } = await opened();
    expect(await preview(move('accept', 'review'))).toEqual(['clock_follows acceptance handling']);
    await modify(id, move('accept', 'review'));
    expect(await told('case.accepted')).toMatchObject({
      node: null,
      data: { carried: true, acceptedAt: clock.now(), dueDates: [{}, {}] },
    });
    expect(await preview(move('review', 'deliver'))).toEqual(['clock_follows handling delivery']);
    const after = await modify(id, move('review', 'deliver'));
    expect(after).toMatchObject({ clock: { phases: { now: 'delivery', decidedAt: clock.now() } } });
    expect(await told('case.decided')).toMatchObject({ data: { carried: true } });
  });

  it('past two at once has passed both, and ends what still held it', async () => {
    const { id, modify, events } = await opened();
    await modify(id, move('accept', 'deliver'));
    expect((await events(id)).slice(-2)).toEqual(['case.accepted', 'case.decided']);
  });

  it('lets it stay while something lies before that, and tells which step it does not follow to', async () => {
    const { id, preview, modify, complete } = await opened();
    await complete(id, 'accept');
    expect(await preview(move('review', 'deliver'))).toEqual(['clock_stays 发证 handling delivery']);
    expect(await modify(id, move('review', 'deliver'))).toMatchObject({ clock: { phases: { now: 'handling' } } });
  });

  it('behind all of them is told where the model cannot say which clock should run', async () => {
    const { preview } = await opened();
    expect(await preview(move('accept', 'file'))).toEqual(['phase_untold 归档 acceptance']);
  });

  it('back changes no clock', async () => {
    const { id, preview, modify } = await opened();
    await modify(id, move('accept', 'deliver'));
    expect(await preview(move('deliver', 'accept'))).toEqual([]);
    expect(await modify(id, move('deliver', 'accept'))).toMatchObject({ clock: { phases: { now: 'delivery' } } });
  });

  it('is not what taking a task away beside it does: that comes with the flow', async () => {
    const { id, preview, modify, complete, events } = await opened();
    await complete(id, 'accept');
    expect(await preview(cancel('survey'))).toEqual([]);
    await modify(id, cancel('survey'));
    await complete(id, 'review');
    expect((await events(id)).filter((event) => event.startsWith('case.decided'))).toEqual(['case.decided review']);
  });
});
