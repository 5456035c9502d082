import type { ParsedCall, ParsedMapping } from '../parsed-model.ts';
import { feelSource, textSource, type Source } from '../source.ts';
import { extensionsOf, firstText, textOf, type Element } from './element.ts';
import { readMappings } from './mappings.ts';

/** The two ways a Camunda 7 file says "the same business key". */
const CALLERS_KEY = /^[$#]\{\s*execution\.(?:processBusinessKey|businessKey)\s*\}$/;

/**
 * What a call activity calls and what goes in and out. A file of Camunda 8 passes and returns everything unless it says
 * otherwise, one of Camunda 7 only what it names. Where a file says nothing of the kind, the called case sees everything
 * and gives back what the output mappings name.
 */
export function readCall(activity: Element): ParsedCall {
  const zeebe = extensionsOf(activity, 'zeebe:CalledElement')[0];
  const ins = extensionsOf(activity, 'camunda:In');
  const outs = extensionsOf(activity, 'camunda:Out');
  const named = textOf(activity, 'calledElement') ?? textOf(zeebe, 'processId');
  const binding = firstText(activity, 'ov:binding', 'camunda:calledElementBinding') ?? textOf(zeebe, 'bindingType');
  const version = firstText(activity, 'ov:version', 'camunda:calledElementVersion');
  const businessKey =
    textOf(activity, 'ov:businessKey') ?? ins.map((each) => textOf(each, 'businessKey')).find(Boolean);
  return {
    ...(named !== undefined && { definition: textSource(named) }),
    ...(version !== undefined && { version: textSource(version) }),
    binding: binding ?? (version === undefined ? 'latest' : 'version'),
    ...(businessKey !== undefined && {
      businessKey: CALLERS_KEY.test(businessKey) ? ('caller' as const) : textSource(businessKey),
    }),
    passes: passesOf(activity, zeebe, ins),
    inputs: ins.flatMap(mappingOf),
    returnsAll: zeebe
      ? textOf(zeebe, 'propagateAllChildVariables') !== 'false'
      : outs.some((each) => textOf(each, 'variables') === 'all'),
    outputs: outs.filter((each) => !isLocal(each)).flatMap(mappingOf),
    localOutputs: outs.filter(isLocal).flatMap(mappingOf),
  };
}

function passesOf(activity: Element, zeebe: Element | undefined, ins: readonly Element[]): ParsedCall['passes'] {
  if (zeebe) return textOf(zeebe, 'propagateAllParentVariables') === 'false' ? 'local' : 'all';
  if (ins.length > 0) {
    const all = ins.filter((each) => textOf(each, 'variables') === 'all');
    return all.length === 0 ? 'none' : all.every(isLocal) ? 'local' : 'all';
  }
  return readMappings(activity, 'input').length > 0 ? 'local' : 'all';
}

function isLocal(mapping: Element): boolean {
  return textOf(mapping, 'local') === 'true';
}

/** `variables="all"` and `businessKey` move no variable of their own. */
function mappingOf(mapping: Element): ParsedMapping[] {
  const variable = textOf(mapping, 'source');
  const expression = textOf(mapping, 'sourceExpression');
  const target = textOf(mapping, 'target') ?? variable;
  const source = sourceOf(variable, expression);
  return source && target !== undefined ? [{ target, source }] : [];
}

function sourceOf(variable: string | undefined, expression: string | undefined): Source | undefined {
  if (expression !== undefined) return feelSource(expression);
  return variable === undefined ? undefined : { feel: variable };
}
