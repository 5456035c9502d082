export type Box = readonly [x: number, y: number, width: number, height: number];

/** The document with a plain drawing: a shape for each box, a straight line for each connection between two of them. */
export function draw(xml: string, boxes: Readonly<Record<string, Box>>): string {
  const shapes = Object.entries(boxes).map(
    ([id, [x, y, width, height]]) =>
      `<bpmndi:BPMNShape id="shape-${id}" bpmnElement="${id}" isExpanded="true"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`,
  );
  const connections = xml.matchAll(
    /<(?:sequenceFlow|messageFlow|association) id="([^"]+)"[^>]*?sourceRef="([^"]+)" targetRef="([^"]+)"/g,
  );
  const edges = [...connections].flatMap(([, id, source, target]) => {
    const [from, to] = [boxes[source!], boxes[target!]];
    if (!from || !to) return [];
    return `<bpmndi:BPMNEdge id="edge-${id}" bpmnElement="${id}">${point(from, to)}${point(to, from)}</bpmndi:BPMNEdge>`;
  });
  const root = /<collaboration id="([^"]+)"/.exec(xml)?.[1] ?? /<process id="([^"]+)"/.exec(xml)![1];
  const plane = `<bpmndi:BPMNDiagram id="drawing"><bpmndi:BPMNPlane id="plane" bpmnElement="${root}">${shapes.join('')}${edges.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
  return xml.replace('</definitions>', `${plane}</definitions>`);
}

/** Where the line from the middle of one box to the middle of another leaves the first. */
function point(box: Box, other: Box): string {
  const [x, y] = middle(box);
  const [dx, dy] = [middle(other)[0] - x, middle(other)[1] - y];
  const part = Math.min(box[2] / 2 / Math.abs(dx || 1e-9), box[3] / 2 / Math.abs(dy || 1e-9), 1);
  return `<di:waypoint x="${Math.round(x + dx * part)}" y="${Math.round(y + dy * part)}"/>`;
}

function middle([x, y, width, height]: Box): [number, number] {
  return [x + width / 2, y + height / 2];
}
