/** Every prefix that our tests use, declared once. Elements without a prefix are BPMN. */
const NAMESPACES = [
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:ov="https://onevisit.dev/schema/1.0"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
].join(' ');

export interface BpmnOptions {
  /** Process id, hence the definition's key. Default `P`. */
  id?: string;
  /** Default: the id. */
  name?: string;
  /** More attributes of the process, for example `ov:promise="5"`. */
  processAttrs?: string;
  /** Elements beside the process: messages, errors, collaborations, other processes. */
  roots?: string;
  /** Default `<?xml version="1.0" encoding="UTF-8"?>`. */
  declaration?: string;
}

/** Wraps a process body into a complete BPMN document: `bpmn('<startEvent id="s"/>…')`. */
export function bpmn(body: string, options: BpmnOptions = {}): string {
  const { id = 'P', processAttrs = '', roots = '', declaration = '<?xml version="1.0" encoding="UTF-8"?>' } = options;
  const name = options.name ?? id;
  return `${declaration}
<definitions ${NAMESPACES} id="Definitions" targetNamespace="https://onevisit.dev/test">
${roots}
<process id="${id}" name="${name}" isExecutable="true" ${processAttrs}>
${body}
</process>
</definitions>
`;
}

/** A sequence flow named `a-b`. The condition is FEEL, written as it stands (`<` becomes `&lt;`). */
export function flow(a: string, b: string, condition?: string): string {
  if (condition === undefined) return `<sequenceFlow id="${a}-${b}" sourceRef="${a}" targetRef="${b}"/>`;
  const text = escapeXml(condition);
  return `<sequenceFlow id="${a}-${b}" sourceRef="${a}" targetRef="${b}"><conditionExpression xsi:type="tFormalExpression">${text}</conditionExpression></sequenceFlow>`;
}

/** Unconditional flows through the named nodes in turn: `chain('s', 'review', 'e')`. */
export function chain(...nodes: string[]): string {
  return nodes
    .slice(1)
    .map((node, index) => flow(nodes[index]!, node))
    .join('');
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
