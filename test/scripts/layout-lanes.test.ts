import { describe, expect, it } from '@jest/globals';
import { readBpmn } from '../processes/packages/read-bpmn.ts';
import { layout as untyped } from '../../scripts/layout-lanes.mjs';

const layout = untyped;

const document = (lanes: string, body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="D" targetNamespace="t">
  <!-- a remark of the designer -->
  <collaboration id="C"><participant id="Pool" processRef="P" /></collaboration>
  <process id="P"><laneSet id="L">${lanes}</laneSet>${body}</process>
</definitions>
`;

const lane = (id: string, ...nodes: string[]): string =>
  `<lane id="${id}" name="${id}">${nodes.map((node) => `<flowNodeRef>${node}</flowNodeRef>`).join('')}</lane>`;
const flow = (a: string, b: string): string => `<sequenceFlow id="${a}-${b}" sourceRef="${a}" targetRef="${b}" />`;

const loop = document(
  lane('top', 's', 'b', 'e') + lane('bottom', 'a', 'g'),
  `<startEvent id="s" /><task id="a" /><exclusiveGateway id="g" /><task id="b" /><endEvent id="e" />
   ${flow('s', 'a')}${flow('a', 'g')}${flow('g', 'b')}${flow('b', 'a')}${flow('g', 'e')}`,
);

describe('drawing a process with lanes', () => {
  it('puts columns in the order of the flow and each node into its lane', async () => {
    const { drawn } = await readBpmn(await layout(loop));
    const bounds = (id: string) => drawn.find(({ bpmnElement }) => bpmnElement.id === id)!.bounds!;
    expect(['s', 'a', 'g', 'b'].map((id) => bounds(id).x)).toEqual(
      ['s', 'a', 'g', 'b'].map((id) => bounds(id).x).sort((x, y) => x - y),
    );
    for (const [id, inLane] of [
      ['s', 'top'],
      ['b', 'top'],
      ['e', 'top'],
      ['a', 'bottom'],
      ['g', 'bottom'],
    ] as const) {
      expect(bounds(id).y).toBeGreaterThan(bounds(inLane).y);
      expect(bounds(id).y + bounds(id).height).toBeLessThan(bounds(inLane).y + bounds(inLane).height);
    }
  });

  it('leaves everything but the diagram as it was written, and draws the same again', async () => {
    const once = await layout(loop);
    expect(once.startsWith(loop.slice(0, loop.indexOf('</definitions>')).trimEnd())).toBe(true);
    expect(await layout(once)).toBe(once);
  });

  it.each([
    ['a process without lanes', document('', '<task id="a" />'), /lanes/],
    [
      'a node that lies in no lane',
      document(lane('top', 's'), '<startEvent id="s" /><task id="a" />'),
      /a to lie in a lane/,
    ],
    ['a sub-process', document(lane('top', 'a'), '<subProcess id="a" />'), /no sub-process/],
    [
      'a file without a pool',
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"><process id="P" /></definitions>',
      /one pool/,
    ],
  ])('refuses %s', async (_, xml, reason) => {
    await expect(layout(xml)).rejects.toThrow(reason);
  });
});
