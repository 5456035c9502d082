import { describe, expect, it } from '@jest/globals';
import { loadPackages } from '../../../processes/catalogue/index.ts';
import { readBpmn, type Bounds, type Drawn } from './read-bpmn.ts';
import { layout } from '../../../scripts/layout-lanes.mjs';

const packages = await loadPackages();

const overlap = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isContainer = ({ bpmnElement: { $type } }: Drawn): boolean =>
  $type === 'bpmn:Participant' || $type === 'bpmn:Lane';

describe.each(packages.map((pack) => [pack.item.name, pack] as const))('the diagram of %s', (_, pack) => {
  it('is what the layouter draws', async () => {
    const xml = new TextDecoder().decode(pack.bpmn);
    expect(await layout(xml)).toBe(xml);
  });

  it('shows every element once', async () => {
    const { elements, drawn } = await readBpmn(pack.bpmn);
    const shown = drawn.filter((item) => !isContainer(item)).map(({ bpmnElement }) => bpmnElement.id);
    expect(shown.sort()).toEqual(elements.map(({ id }) => id).sort());
  });

  it('has no two nodes and no two labels on one place', async () => {
    const { drawn } = await readBpmn(pack.bpmn);
    const nodes = drawn.filter((item) => item.bounds && !isContainer(item));
    const onHost = (a: Drawn, b: Drawn): boolean =>
      a.bpmnElement.attachedToRef?.id === b.bpmnElement.id || b.bpmnElement.attachedToRef?.id === a.bpmnElement.id;
    const labels = drawn.flatMap((item) =>
      item.label ? [{ id: item.bpmnElement.id, bounds: item.label.bounds }] : [],
    );
    const collisions: string[] = [];
    nodes.forEach((a, index) => {
      for (const b of nodes.slice(index + 1))
        if (overlap(a.bounds!, b.bounds!) && !onHost(a, b))
          collisions.push(`${a.bpmnElement.id} on ${b.bpmnElement.id}`);
      for (const { id, bounds } of labels)
        if (overlap(a.bounds!, bounds)) collisions.push(`label of ${id} on ${a.bpmnElement.id}`);
    });
    labels.forEach((a, index) => {
      for (const b of labels.slice(index + 1))
        if (overlap(a.bounds, b.bounds)) collisions.push(`label of ${a.id} on label of ${b.id}`);
    });
    expect(collisions).toEqual([]);
  });

  it('leads no flow through a foreign node, and every flow straight along the axes', async () => {
    const { drawn } = await readBpmn(pack.bpmn);
    const nodes = drawn.filter((item) => item.bounds && !isContainer(item));
    const faults: string[] = [];
    for (const edge of drawn.filter((item) => item.waypoint)) {
      const { id, sourceRef, targetRef } = edge.bpmnElement;
      const ends = [sourceRef!.id, targetRef!.id, sourceRef!.attachedToRef?.id];
      edge.waypoint!.slice(1).forEach((to, index) => {
        const from = edge.waypoint![index]!;
        if (from.x !== to.x && from.y !== to.y) faults.push(`${id} runs askew`);
        const line = {
          x: Math.min(from.x, to.x),
          y: Math.min(from.y, to.y),
          width: Math.abs(from.x - to.x) || 1,
          height: Math.abs(from.y - to.y) || 1,
        };
        for (const node of nodes)
          if (!ends.includes(node.bpmnElement.id) && overlap(line, node.bounds!))
            faults.push(`${id} crosses ${node.bpmnElement.id}`);
      });
    }
    expect(faults).toEqual([]);
  });
});
