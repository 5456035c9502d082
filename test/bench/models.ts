import { bpmn, chain, flow } from '../support/bpmn.ts';

/** The four workloads on which peers were measured, in plain BPMN with FEEL conditions. */
export const workloads = {
  w1: process(
    'w1',
    '<startEvent id="start"/><serviceTask id="svc" name="svc" ov:topic="noop"/><endEvent id="end"/>' +
      chain('start', 'svc', 'end'),
  ),
  w2: process(
    'w2',
    '<startEvent id="start"/><serviceTask id="svc" name="svc" ov:topic="noop"/><userTask id="task" name="task"/><endEvent id="end"/>' +
      chain('start', 'svc', 'task', 'end'),
  ),
  w3: process('w3', branches()),
  w4: process('w4', steps()),
};

function process(id: string, body: string): string {
  return bpmn(body, { id });
}

/** Five parallel branches of two user tasks with a decision between them, then one more task. */
function branches(): string {
  let xml =
    '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><userTask id="final" ov:assignee="=handler"/><endEvent id="end"/>' +
    chain('start', 'split') +
    chain('join', 'final', 'end');
  for (let i = 1; i <= 5; i++)
    xml +=
      task(`a${i}`) +
      task(`b${i}`) +
      decision(`x${i}`, `a${i}`, `b${i}`) +
      flow('split', `a${i}`) +
      flow(`b${i}`, 'join');
  return xml;
}

/** Fifty user tasks in a row with a decision between each two: 101 nodes. */
function steps(): string {
  let xml = '<startEvent id="start"/><endEvent id="end"/>' + flow('start', 't1') + flow('t50', 'end');
  for (let i = 1; i <= 50; i++) xml += task(`t${i}`);
  for (let i = 1; i < 50; i++) xml += decision(`x${i}`, `t${i}`, `t${i + 1}`);
  return xml;
}

function task(id: string): string {
  return `<userTask id="${id}" name="${id}" ov:assignee="=handler"/>`;
}

/** A condition that is evaluated and true, and a default flow to the same target. */
function decision(id: string, from: string, to: string): string {
  return (
    `<exclusiveGateway id="${id}" default="${id}-else"/>` +
    flow(from, id) +
    flow(id, to, 'ok = true') +
    `<sequenceFlow id="${id}-else" sourceRef="${id}" targetRef="${to}"/>`
  );
}
