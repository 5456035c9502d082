import type { ParsedFlow, ParsedMessage, ParsedNode } from '../parsed-model.ts';
import { feelSource } from '../source.ts';
import { readAssignment } from './assignment.ts';
import { readHandlers } from './compensation.ts';
import { readAdHoc } from './ad-hoc.ts';
import { childOf, childrenOf, idOf, textOf, typeOf, writtenText, type Element } from './element.ts';
import { readCall } from './call.ts';
import { readData } from './data.ts';
import { calledTask } from './global-task.ts';
import { nameMessage } from './message-flows.ts';
import { readEvents, readMessage } from './events.ts';
import { readLoop } from './loop.ts';
import { readMappings } from './mappings.ts';
import { readForm, readLanes, readLimits, readOverdue } from './policy.ts';
import { readRetryText, readSavePoints } from './save-points.ts';
import { readScript, readThrowWork, readWork } from './work.ts';

/** Drawn or documented only: nothing runs because of them. */
const SILENT = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);
const WORKERS = new Set(['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask', 'bpmn:ScriptTask']);
const SCRIPTS = new Set(['bpmn:ScriptTask', 'bpmn:BusinessRuleTask', 'bpmn:ServiceTask', 'bpmn:SendTask']);
const THROWS = new Set(['bpmn:IntermediateThrowEvent', 'bpmn:EndEvent']);
const MESSENGERS = new Set(['bpmn:ReceiveTask', 'bpmn:SendTask']);

/** What stands beside the processes of a file and matters inside them. */
export interface Surroundings {
  readonly globalTasks: ReadonlyMap<string, Element>;
  /** Element id -> message of its message flow. */
  readonly messages: ReadonlyMap<string, ParsedMessage>;
}

/** Every flow node and sequence flow of a process, those of its sub-processes included, in document order. */
export function readFlowElements(
  process: Element,
  { globalTasks, messages }: Surroundings,
): { nodes: ParsedNode[]; flows: ParsedFlow[] } {
  const nodes: ParsedNode[] = [];
  const flows: ParsedFlow[] = [];
  const handlers = readHandlers(process);
  const visit = (container: Element, scope: string, outerLanes: ReadonlyMap<string, string>) => {
    const lanes = new Map([...outerLanes, ...readLanes(container)]);
    for (const element of childrenOf(container, 'flowElements')) {
      if (SILENT.has(element.$type)) continue;
      if (element.$type === 'bpmn:SequenceFlow') {
        flows.push(readFlow(element, scope));
        continue;
      }
      const id = idOf(element);
      // what stands in a sub-process lies in the lane of the sub-process
      const lane = lanes.get(id) ?? lanes.get(scope);
      if (lane !== undefined) lanes.set(id, lane);
      const node = nameMessage(readNode(calledTask(element, globalTasks) ?? element, scope, lane), messages);
      const handled = handlers.get(id);
      nodes.push(handled ? { ...node, handlers: handled } : node);
      if (Array.isArray(element.get('flowElements'))) visit(element, id, lanes);
    }
  };
  visit(process, '', new Map());
  return { nodes, flows };
}

function readFlow(flow: Element, scope: string): ParsedFlow {
  const source = childOf(flow, 'sourceRef');
  const target = childOf(flow, 'targetRef');
  const condition = childOf(flow, 'conditionExpression');
  const language = textOf(condition, 'language');
  const milestone = textOf(flow, 'ov:milestone');
  return {
    id: idOf(flow),
    name: textOf(flow, 'name') ?? '',
    scope,
    ...(source && { source: idOf(source) }),
    ...(target && { target: idOf(target) }),
    ...(condition && { condition: feelSource(textOf(condition, 'body') ?? '') }),
    ...(language !== undefined && { language }),
    ...(milestone !== undefined && { milestone }),
  };
}

function readNode(element: Element, scope: string, lane: string | undefined): ParsedNode {
  const { $type } = element;
  const isEvent = $type.endsWith('Event');
  const defaultFlow = childOf(element, 'default');
  const attachedTo = childOf(element, 'attachedToRef');
  const loop = readLoop(element);
  const adHoc = readAdHoc(element);
  const activation =
    $type === 'bpmn:ComplexGateway' ? textOf(childOf(element, 'activationCondition'), 'body') : undefined;
  const script = SCRIPTS.has($type) ? readScript(element) : undefined;
  const isThrow = THROWS.has($type);
  const work = WORKERS.has($type) ? readWork(element) : isThrow ? readThrowWork(element) : undefined;
  const message = MESSENGERS.has($type) ? readMessage(element) : undefined;
  const overdue = $type === 'bpmn:UserTask' ? readOverdue(element) : undefined;
  const call = $type === 'bpmn:CallActivity' ? readCall(element) : undefined;
  const form = readForm(element);
  const data = readData(element);
  const initiator = $type === 'bpmn:StartEvent' ? textOf(element, 'camunda:initiator') : undefined;
  const milestone = textOf(element, 'ov:milestone');
  const supplement = textOf(element, 'ov:supplement');
  const savePoints = readSavePoints(element);
  const retryCycle = readRetryText(element);
  return {
    id: idOf(element),
    type: typeOf(element),
    name: textOf(element, 'name') ?? '',
    scope,
    ...(defaultFlow && { default: idOf(defaultFlow) }),
    ...(attachedTo && { attachedTo: idOf(attachedTo) }),
    ...(element.get('isForCompensation') === true && { isForCompensation: true as const }),
    ...(element.get('triggeredByEvent') === true && { triggeredByEvent: true as const }),
    interrupting: element.get($type === 'bpmn:BoundaryEvent' ? 'cancelActivity' : 'isInterrupting') !== false,
    events: isEvent ? readEvents(element) : [],
    ...(element.get('instantiate') === true && { instantiate: true as const }),
    ...(element.get('eventGatewayType') === 'Parallel' && { parallel: true as const }),
    ...(element.get('parallelMultiple') === true && { parallelMultiple: true as const }),
    ...(loop && { loop }),
    ...(adHoc && { adHoc }),
    ...(activation !== undefined && { activation: feelSource(activation) }),
    ...readQuantities(element),
    ...(savePoints && { savePoints }),
    ...(retryCycle !== undefined && { retryCycle }),
    inputs: isEvent && !isThrow ? [] : [...data.inputs, ...readMappings(element, 'input')],
    outputs: [...data.outputs, ...readMappings(element, 'output')],
    ...(data.reads.length + data.writes.length > 0 && { data: { reads: data.reads, writes: data.writes } }),
    ...(script && { script }),
    ...(work && { work }),
    ...(call && { call }),
    ...(message && { message }),
    ...($type === 'bpmn:UserTask' && { assignment: readAssignment(element, lane) }),
    ...readLimits(element),
    ...(overdue && { overdue }),
    ...(form !== undefined && { form }),
    ...(initiator !== undefined && { initiator }),
    ...(milestone !== undefined && { milestone }),
    ...(supplement !== undefined && { supplement }),
  };
}

function readQuantities(element: Element): Pick<ParsedNode, 'startQuantity' | 'completionQuantity'> {
  const [start, completion] = [writtenText(element, 'startQuantity'), writtenText(element, 'completionQuantity')];
  return {
    ...(start !== undefined && start !== '1' && { startQuantity: start }),
    ...(completion !== undefined && completion !== '1' && { completionQuantity: completion }),
  };
}
