import { childOf, childrenOf, idOf, textOf, type Element } from './element.ts';

const GLOBAL_TASK = /^bpmn:Global(\w*Task)$/;

/** Tasks defined beside the processes, to be called from anywhere in the file (BPMN 2.0.2 §10.3.6), by id. */
export function readGlobalTasks(definitions: Element): ReadonlyMap<string, Element> {
  const tasks = childrenOf(definitions, 'rootElements').filter(({ $type }) => GLOBAL_TASK.test($type));
  return new Map(tasks.map((task) => [idOf(task), task]));
}

/**
 * The task that a call activity calls, as if it stood there itself: what to do comes from the global task, where it
 * stands, its name, mappings and repetition from the call activity. Undefined where the activity calls something else.
 */
export function calledTask(activity: Element, globals: ReadonlyMap<string, Element>): Element | undefined {
  if (activity.$type !== 'bpmn:CallActivity') return undefined;
  const task = globals.get(textOf(activity, 'calledElement') ?? '');
  if (!task) return undefined;
  const values = [activity, task].flatMap((each) => childrenOf(childOf(each, 'extensionElements'), 'values'));
  const extensionElements: Element = {
    $type: 'bpmn:ExtensionElements',
    get: (name) => only(name === 'values', values),
  };
  return {
    $type: `bpmn:${GLOBAL_TASK.exec(task.$type)![1]!}`,
    ...(activity.$parent && { $parent: activity.$parent }),
    get(property) {
      if (property === 'extensionElements') return extensionElements;
      if (property === 'scriptFormat') return task.get('scriptLanguage');
      return activity.get(property) ?? task.get(property);
    },
  };
}

function only<Value>(wanted: boolean, value: Value): Value | undefined {
  return wanted ? value : undefined;
}
