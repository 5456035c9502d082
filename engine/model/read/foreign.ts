import { CAMUNDA, FOREIGN_EXPRESSION, FOREIGN_TYPE } from '../moddle/camunda-treatments.ts';
import type { Treated } from '../moddle/treatment.ts';
import { ZEEBE } from '../moddle/zeebe-treatments.ts';
import { textOf, type Element } from './element.ts';

const TASKS = new Set(['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask']);

/** What becomes of `camunda:class`, `zeebe:script` …; undefined for a name that nobody knows. */
export function treatmentOf(name: string): Treated | undefined {
  const [prefix, local = ''] = name.split(':');
  if (name === 'camunda:type') return FOREIGN_TYPE;
  if (name === 'camunda:expression') return FOREIGN_EXPRESSION;
  return prefix === 'camunda' ? CAMUNDA.get(local) : prefix === 'zeebe' ? ZEEBE.get(local) : undefined;
}

/** The same for an attribute where it stands: some mean work only at some elements, or with some values. */
export function treatedAttribute(name: string, element: Element | undefined): Treated | undefined {
  if (name === 'camunda:type' && ['external', 'external-worker'].includes(textOf(element, name) ?? '')) return read;
  if (name === 'camunda:expression' && element && TASKS.has(element.$type)) return read;
  return treatmentOf(name);
}

const read: Treated = { treatment: 'supported' };
