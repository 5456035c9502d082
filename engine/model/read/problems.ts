import { blankAttributes } from './blank-attributes.ts';
import { treatedAttribute, treatmentOf } from './foreign.ts';
import type { Treated } from '../moddle/treatment.ts';
import type { Problem } from '../parsed-model.ts';
import { childrenOf, nearestId, type Element } from './element.ts';
import { isMisplacedAttribute, misplacedExtensions } from './misplaced.ts';
import { isReadRole } from './resources.ts';
import { isIdleSavePoint } from './save-points.ts';

/** What bpmn-moddle reports beside the model. */
export interface Warning {
  readonly message: string;
  readonly element?: Element;
  readonly property?: string;
  readonly value?: string;
}

/** So many say all there is to say; each kind keeps its own, lest warnings push out an error. */
const MAX_OF_A_KIND = 1_000;

/** The parser's warnings, and standard content that we read past, as problems that name an element. */
export function readProblems(warnings: readonly Warning[], xml: string, processes: readonly Element[]): Problem[] {
  const lines = xml.split('\n');
  const kept: Problem[] = [];
  const counts = new Map<string, number>();
  for (const warning of warnings) {
    const kind = /^[a-z ]+(?:<\w+:)?/.exec(warning.message)?.[0] ?? '';
    const count = counts.get(kind) ?? 0;
    if (count >= MAX_OF_A_KIND) continue;
    const problem = problemOf(warning, lines);
    if (!problem) continue;
    counts.set(kind, count + 1);
    kept.push(problem);
  }
  return [...kept, ...processes.flatMap(passedOver)];
}

function problemOf(warning: Warning, lines: readonly string[]): Problem | undefined {
  const { message, element, property = '', value = '' } = warning;
  if (message.startsWith('unresolved reference')) {
    return { type: 'dangling-reference', element: nearestId(element), property: local(property), value };
  }
  const attribute = /^unknown attribute <(.*)>$/.exec(message)?.[1];
  if (attribute !== undefined) {
    if (isIdleSavePoint(attribute, element) || isMisplacedAttribute(attribute, element))
      return { type: 'ignored-content', name: attribute, element: nearestId(element) };
    const treated = treatedAttribute(attribute, element);
    if (treated) return isTold(treated) ? { type: 'foreign', name: attribute, element: nearestId(element) } : undefined;
    return { type: 'unknown-attribute', name: attribute, element: nearestId(element) };
  }
  const place = /\n\tline: (\d+)\n\tcolumn: (\d+)\n\tnested error: (.*)/.exec(message);
  if (!place) return { type: 'unreadable', text: message.split('\n')[0]!.slice(0, 200), element: '', line: 0 };
  const [line, column, error] = [Number(place[1]), Number(place[2]), place[3]!];
  const duplicate = /^duplicate ID <(.*)>$/.exec(error)?.[1];
  if (duplicate !== undefined) return { type: 'duplicate-id', element: duplicate, line: line + 1 };
  const unknown = /^unknown type <([^:>]*):([^>]*)>$/.exec(error);
  const tag = /^unparsable content <\/?([^\s/>]*)/.exec(message)?.[1] ?? unknown?.[2] ?? '';
  const vendor = unknown && unknown[1] !== 'bpmn' ? tag.slice(0, tag.indexOf(':') + 1) : '';
  const at = { element: idNear(lines, line, column, vendor), line: line + 1 };
  if (unknown) {
    const name = `${unknown[1]}:${local(tag)}`;
    const treated = treatmentOf(name);
    if (treated) return isTold(treated) ? { type: 'foreign', name, element: at.element } : undefined;
    return { type: 'unknown-element', prefix: unknown[1]!, tag: local(tag), ...at };
  }
  return { type: 'unreadable', text: error.slice(0, 200), ...at };
}

function isTold({ treatment }: Treated): boolean {
  return treatment === 'warned' || treatment === 'refused';
}

/**
 * The id in the tag at a place, else the last id before it: an element the parser dropped has no model to ask. Ids of
 * extension elements (`vendor`: their prefix, with the colon) say nothing about the diagram.
 */
function idNear(lines: readonly string[], line: number, column: number, vendor: string): string {
  const idOfTag = (tag: string) =>
    vendor !== '' && tag.startsWith(`<${vendor}`) ? undefined : /\sid\s*=\s*["']([^"']*)["']/.exec(tag)?.[1];
  const own = idOfTag(/^<[^>]*/.exec(lines[line]?.slice(column, column + 2000) ?? '')?.[0] ?? '');
  if (own !== undefined) return own;
  let before = lines[line]?.slice(Math.max(0, column - 5000), column) ?? '';
  for (let at = line; at >= 0 && at > line - 50; before = (lines[--at] ?? '').slice(-5000)) {
    const ids = [...before.matchAll(/<[^>]*/g)].map(([tag]) => idOfTag(tag));
    const last = ids.findLast((id) => id !== undefined);
    if (last !== undefined) return last;
  }
  return '';
}

/** What would change what happens if it ran or said something; it does not, so the designer should know. */
function passedOver(container: Element): Problem[] {
  const found: Problem[] = [];
  const visit = (element: Element) => {
    const note = (name: string) => found.push({ type: 'ignored-content', name, element: nearestId(element) });
    if (childrenOf(element, 'resources').some((role) => !isReadRole(element, role))) note('resourceRole');
    misplacedExtensions(element).forEach(note);
    for (const name of blankAttributes(element))
      found.push({ type: 'blank-attribute', name, element: nearestId(element) });
    childrenOf(element, 'flowElements').forEach(visit);
  };
  visit(container);
  return found;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
