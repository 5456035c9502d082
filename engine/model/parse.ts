import { BpmnModdle } from 'bpmn-moddle';
import { Rejection } from '../kernel/rejection.ts';
import { guardXml } from './guards.ts';
import { aliasIds, restoreIds } from './id-aliases.ts';
import { readNumbersAsWritten } from './moddle/as-written.ts';
import { camunda } from './moddle/camunda.ts';
import { ov } from './moddle/ov.ts';
import { zeebe } from './moddle/zeebe.ts';
import type { ParsedModel, ParsedProcess } from './parsed-model.ts';
import { childrenOf, idOf, textOf, type Element } from './read/element.ts';
import { readGlobalTasks } from './read/global-task.ts';
import { readMessageFlows } from './read/message-flows.ts';
import { readFlowElements, type Surroundings } from './read/nodes.ts';
import { readLimits, readPhaseLimits } from './read/policy.ts';
import { readPrefixes, SAME_VOCABULARY } from './read/prefixes.ts';
import { readProblems, type Warning } from './read/problems.ts';

/** One reader for all documents: it keeps nothing of them, and making one costs more than reading a small model. */
const moddle = new BpmnModdle({ ov, camunda, zeebe });
readNumbersAsWritten(moddle);

/**
 * Reads a BPMN 2.0 document into plain data. What is wrong with it becomes `problems` and is judged by lint; only what is
 * no BPMN document at all is refused here: `upload.not_xml`, `upload.doctype`, `upload.too_deep`,
 * `upload.too_many_elements`, `upload.too_many_attributes` (guardXml), `upload.not_bpmn`.
 */
export async function parseBpmn(xml: string): Promise<ParsedModel> {
  const aliased = aliasIds(oneVendor(guardXml(xml)));
  const { definitions, warnings } = await readDefinitions(aliased.xml);
  const elements = childrenOf(definitions, 'rootElements').filter((element) => element.$type === 'bpmn:Process');
  const processes = elements.map((element) => {
    const executable = element.get('isExecutable');
    return { ...named(element), ...(typeof executable === 'boolean' && { executable }) };
  });
  const chosen = runnable(processes).map((process) => elements[processes.indexOf(process)]!);
  const surroundings = { globalTasks: readGlobalTasks(definitions), messages: readMessageFlows(definitions) };
  const executables = byHandFirst(chosen.map((element) => readProcess(element, surroundings)));
  const problems = readProblems(warnings, aliased.xml, chosen);
  const [process] = executables;
  const prefixes = readPrefixes(xml);
  const written = Object.keys(prefixes).length > 0 && { prefixes };
  return restoreIds({ problems, ...written, processes, executables, ...(process && { process }) }, aliased.originals);
}

function oneVendor(xml: string): string {
  return xml.replace(new RegExp(`(\\sxmlns:[\\w.-]+\\s*=\\s*["'])${SAME_VOCABULARY}(?=["'])`, 'g'), `$1${camunda.uri}`);
}

/** Processes that say they are executable; where none says anything, those that do not deny it. */
export function runnable(processes: ParsedModel['processes']): ParsedModel['processes'] {
  const declared = processes.filter(({ executable }) => executable === true);
  return declared.length > 0 ? declared : processes.filter(({ executable }) => executable === undefined);
}

/** In the order of the file, but those that a person starts before those that something else starts. */
function byHandFirst(processes: readonly ParsedProcess[]): ParsedProcess[] {
  const byHand = processes.filter(({ nodes }) => {
    const starts = nodes.filter(({ type, scope }) => type === 'startEvent' && scope === '');
    return starts.length === 0 || starts.some(({ events }) => events.length === 0);
  });
  return [...byHand, ...processes.filter((process) => !byHand.includes(process))];
}

function readProcess(element: Element, surroundings: Surroundings): ParsedProcess {
  const department = textOf(element, 'ov:department');
  const joint = textOf(element, 'ov:joint');
  const acceptance = readPhaseLimits(element, 'acceptance');
  const delivery = readPhaseLimits(element, 'delivery');
  return {
    ...named(element),
    ...(department !== undefined && { department }),
    ...(joint !== undefined && { joint }),
    ...readLimits(element),
    ...(acceptance && { acceptance }),
    ...(delivery && { delivery }),
    ...readFlowElements(element, surroundings),
  };
}

function named(element: Element): { id: string; name: string } {
  const id = idOf(element);
  return { id, name: textOf(element, 'name') ?? id };
}

async function readDefinitions(xml: string): Promise<{ definitions: Element; warnings: Warning[] }> {
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml);
    return { definitions: rootElement as Element, warnings: warnings as Warning[] };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 200);
    throw new Rejection('invalid', 'upload.not_bpmn', `Expected a BPMN 2.0 document, but it cannot be read: ${reason}`);
  }
}
