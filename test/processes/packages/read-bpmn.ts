// Named by a variable: the package ships without types, and these tests need one method.
const MODDLE: string = 'bpmn-moddle';
const { BpmnModdle } = (await import(MODDLE)) as {
  BpmnModdle: new () => { fromXML(xml: string): Promise<{ rootElement: unknown; warnings: unknown[] }> };
};

/** As much of a BPMN element as these tests ask about. */
export interface BpmnElement {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly $attrs: Readonly<Record<string, string>>;
  readonly script?: string;
  readonly conditionExpression?: { readonly body: string };
  readonly sourceRef?: BpmnElement;
  readonly targetRef?: BpmnElement;
  readonly attachedToRef?: BpmnElement;
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A shape with `bounds`, or an edge with `waypoint`; both may carry a label. */
export interface Drawn {
  readonly $type: string;
  readonly bpmnElement: BpmnElement;
  readonly bounds?: Bounds;
  readonly waypoint?: readonly { readonly x: number; readonly y: number }[];
  readonly label?: { readonly bounds: Bounds };
}

interface Root extends BpmnElement {
  readonly flowElements?: readonly BpmnElement[];
}

export async function readBpmn(bytes: Uint8Array | string) {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
  if (warnings.length > 0) throw new Error(String(warnings[0]));
  const { rootElements, diagrams } = rootElement as {
    rootElements: Root[];
    diagrams?: { plane: { planeElement: Drawn[] } }[];
  };
  const process = rootElements.find(({ $type }) => $type === 'bpmn:Process')!;
  return {
    process,
    elements: process.flowElements ?? [],
    messages: rootElements.filter(({ $type }) => $type === 'bpmn:Message'),
    drawn: diagrams?.[0]?.plane.planeElement ?? [],
  };
}
