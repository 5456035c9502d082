import type { ParsedLimit, ParsedLimits, ParsedOverdue } from '../parsed-model.ts';
import { feelSource } from '../source.ts';
import { childrenOf, extensionsOf, firstText, idOf, textOf, type Element } from './element.ts';

/** The limits as written; of each only what is there. */
export function readLimits(element: Element): ParsedLimits {
  const [limit, statutory] = [readLimit(element, 'promise'), readLimit(element, 'statutory')];
  const [startRule, warning] = [textOf(element, 'ov:startRule'), textOf(element, 'ov:yellow')];
  return {
    ...(limit && { limit }),
    ...(statutory && { statutory }),
    ...(startRule !== undefined && { startRule }),
    ...(warning !== undefined && { warning }),
  };
}

/** Undefined where none of its attributes is there. */
function readLimit(element: Element, of: 'promise' | 'statutory'): ParsedLimit | undefined {
  const value = textOf(element, `ov:${of}`);
  const unit = textOf(element, of === 'promise' ? 'ov:unit' : 'ov:statutoryUnit');
  const basis = textOf(element, of === 'promise' ? 'ov:basis' : 'ov:statutoryBasis');
  if (value === undefined && unit === undefined && basis === undefined) return undefined;
  return {
    ...(value !== undefined && { value }),
    ...(unit !== undefined && { unit }),
    ...(basis !== undefined && { basis }),
  };
}

/** Undefined where none of its attributes is there. */
export function readOverdue(element: Element): ParsedOverdue | undefined {
  const does = textOf(element, 'ov:onOverdue');
  const basis = textOf(element, 'ov:deemedBasis');
  const result = textOf(element, 'ov:deemedResult');
  if (does === undefined && basis === undefined && result === undefined) return undefined;
  return {
    ...(does !== undefined && { does }),
    ...(basis !== undefined && { basis }),
    ...(result !== undefined && { result: feelSource(result) }),
  };
}

/** `ov:acceptance` or `ov:delivery` and how it is counted, as written; always in working days. Undefined where nothing is. */
export function readPhaseLimits(element: Element, phase: 'acceptance' | 'delivery'): ParsedLimits | undefined {
  const [value, basis] = [textOf(element, `ov:${phase}`), textOf(element, `ov:${phase}Basis`)];
  const [startRule, warning] = [textOf(element, `ov:${phase}StartRule`), textOf(element, `ov:${phase}Yellow`)];
  const limit = { ...(value !== undefined && { value }), ...(basis !== undefined && { basis }) };
  const limits = {
    ...((value ?? basis) !== undefined && { limit }),
    ...(startRule !== undefined && { startRule }),
    ...(warning !== undefined && { warning }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}

export function readForm(element: Element): string | undefined {
  const zeebe = extensionsOf(element, 'zeebe:FormDefinition')[0];
  return (
    firstText(element, 'ov:form', 'camunda:formKey', 'camunda:formRef') ??
    firstText(zeebe, 'formKey', 'formId', 'externalReference')
  );
}

/** Node id -> department of the innermost lane that holds it. */
export function readLanes(container: Element): ReadonlyMap<string, string> {
  const departments = new Map<string, string>();
  const visit = (laneSet: Element | undefined) => {
    for (const lane of childrenOf(laneSet, 'lanes')) {
      const department = firstText(lane, 'ov:department', 'name');
      if (department !== undefined) {
        for (const node of childrenOf(lane, 'flowNodeRef')) departments.set(idOf(node), department);
      }
      visit(lane.get('childLaneSet') as Element | undefined);
    }
  };
  childrenOf(container, 'laneSets').forEach(visit);
  return departments;
}
