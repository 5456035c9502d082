import { childOf, childrenOf, extensionsOf, type Element } from './element.ts';

const WORKERS = ['ServiceTask', 'SendTask', 'BusinessRuleTask', 'ScriptTask', 'EndEvent', 'IntermediateThrowEvent'];
const THROWS = ['EndEvent', 'IntermediateThrowEvent'];

/** Extensions that are read at these elements only: anywhere else they would be passed over without a word. */
const PLACES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'zeebe:TaskDefinition': WORKERS,
    'zeebe:TaskHeaders': WORKERS,
    'zeebe:Script': ['ScriptTask', 'BusinessRuleTask', 'ServiceTask', 'SendTask'],
    'zeebe:AssignmentDefinition': ['UserTask'],
    'zeebe:TaskSchedule': ['UserTask'],
    'zeebe:PriorityDefinition': ['UserTask'],
    'zeebe:FormDefinition': ['UserTask', 'StartEvent'],
    'zeebe:CalledElement': ['CallActivity'],
    'camunda:In': ['CallActivity'],
    'camunda:Out': ['CallActivity'],
  }).map(([type, places]) => [type, new Set(places.map((place) => `bpmn:${place}`))]),
);

const TASKS = ['ServiceTask', 'SendTask', 'BusinessRuleTask'];
const USER_TASKS = ['UserTask', 'GlobalUserTask'];

/** The same of attributes. */
const ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      [['assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority'], USER_TASKS],
      [
        ['formKey', 'formRef'],
        [...USER_TASKS, 'StartEvent'],
      ],
      [['initiator'], ['StartEvent']],
      [
        ['type', 'topic'],
        [...WORKERS, 'MessageEventDefinition'],
      ],
      [['resultVariable'], [...TASKS, 'ScriptTask', 'GlobalScriptTask', 'GlobalBusinessRuleTask']],
      [['collection', 'elementVariable'], ['MultiInstanceLoopCharacteristics']],
      [['errorCodeVariable', 'errorMessageVariable'], ['ErrorEventDefinition']],
      [['escalationCodeVariable'], ['EscalationEventDefinition']],
      [['calledElementBinding', 'calledElementVersion'], ['CallActivity']],
    ] as const
  ).flatMap(([names, places]) =>
    names.map((name) => [`camunda:${name}`, new Set(places.map((place) => `bpmn:${place}`))] as const),
  ),
);

/** True for an attribute of Camunda that is read at other elements only. */
export function isMisplacedAttribute(name: string, element: Element | undefined): boolean {
  const places = ATTRIBUTES.get(name);
  return places !== undefined && element !== undefined && !places.has(element.$type);
}

/** Names of the extensions that stand where they are not read. */
export function misplacedExtensions(element: Element): string[] {
  const { $type } = element;
  const found: string[] = [];
  for (const holder of [element, ...childrenOf(element, 'eventDefinitions')]) {
    for (const { $type: type } of childrenOf(childOf(holder, 'extensionElements'), 'values')) {
      const places = PLACES.get(type);
      if (places && !places.has($type)) found.push(nameOf(type));
    }
  }
  const mappings = [...extensionsOf(element, 'zeebe:IoMapping'), ...extensionsOf(element, 'camunda:InputOutput')];
  const catches = $type.endsWith('Event') && !THROWS.some((place) => $type === `bpmn:${place}`);
  for (const mapping of mappings) {
    if ($type.endsWith('Gateway')) found.push(nameOf(mapping.$type));
    else if (catches && childrenOf(mapping, 'inputParameters').length > 0)
      found.push(mapping.$type === 'zeebe:IoMapping' ? 'zeebe:input' : 'camunda:inputParameter');
  }
  return found;
}

/** `zeebe:TaskDefinition` -> `zeebe:taskDefinition` */
function nameOf(type: string): string {
  return type.replace(/:./, (start) => start.toLowerCase());
}
