import { groupBy } from '../../kernel/group-by.ts';
import type { ExpressionCompiler } from '../compile.ts';
import type { Finding } from '../finding.ts';
import type { OnlyReceives } from '../handlers.ts';
import { linkFlows } from '../link-flows.ts';
import { inPrefixesOf } from '../read/prefixes.ts';
import { calledBy, type ParsedFlow, type ParsedModel, type ParsedNode, type ParsedProcess } from '../parsed-model.ts';

/** One thing that can be wrong with a model. The file carries the rule's id. */
export interface Rule {
  readonly id: string;
  check(context: LintContext): Finding[];
}

type Called = LintContext & { readonly process: ParsedProcess };

/** The model as rules look at it. Without an executable process, nodes and flows are empty. */
export interface LintContext {
  readonly model: ParsedModel;
  readonly process: ParsedProcess | undefined;
  readonly nodes: readonly ParsedNode[];
  readonly flows: readonly ParsedFlow[];
  readonly byId: ReadonlyMap<string, ParsedNode>;
  /** Sequence flows, and links as if they were drawn. */
  readonly incoming: (node: string) => readonly ParsedFlow[];
  readonly outgoing: (node: string) => readonly ParsedFlow[];
  /** Boundary events attached to an activity. */
  readonly boundary: (node: string) => readonly ParsedNode[];
  /** Nodes directly inside a sub-process; '' is the process. */
  readonly inside: (scope: string) => readonly ParsedNode[];
  /** What a call activity calls, where that is known. */
  readonly called: (node: ParsedNode) => Called | undefined;
  readonly compileExpression: ExpressionCompiler;
  readonly onlyReceives: OnlyReceives;
}

export interface Report {
  /** `related`: further elements that the sentence speaks about. */
  readonly error: (element: string, zh: string, en: string, related?: readonly string[]) => void;
  readonly warning: (element: string, zh: string, en: string, related?: readonly string[]) => void;
}

export function defineRule(id: string, check: (context: LintContext, report: Report) => void): Rule {
  return {
    id,
    check(context) {
      const findings: Finding[] = [];
      const { prefixes = {} } = context.model;
      const add =
        (severity: Finding['severity']) =>
        (element: string, zh: string, en: string, related: readonly string[] = []) => {
          const text = { zh: inPrefixesOf(prefixes, zh), en: inPrefixesOf(prefixes, en) };
          findings.push({ element, rule: id, severity, ...text, ...(related.length > 0 && { related }) });
        };
      check(context, { error: add('error'), warning: add('warning') });
      return findings;
    },
  };
}

/** `onlyReceives`: no department where nobody says. */
export function lintContext(
  model: ParsedModel,
  compileExpression: ExpressionCompiler,
  onlyReceives: OnlyReceives = () => false,
): LintContext {
  const known = new Map<ParsedProcess, Called>();
  const calledIn = (node: ParsedNode): Called | undefined => {
    const process = calledBy(model, node);
    if (!process) return undefined;
    const context = known.get(process) ?? { ...contextOf({ ...model, process }), process };
    known.set(process, context);
    return context;
  };
  const contextOf = (one: ParsedModel) => ({ ...partsOf(one), called: calledIn, compileExpression, onlyReceives });
  return contextOf(model);
}

function partsOf(model: ParsedModel): Omit<LintContext, 'called' | 'compileExpression' | 'onlyReceives'> {
  const { process } = model;
  const nodes = process?.nodes ?? [];
  const flows = process?.flows ?? [];
  const ways = [...flows, ...linkFlows(nodes)];
  const incoming = groupBy(ways, (flow) => flow.target);
  const outgoing = groupBy(ways, (flow) => flow.source);
  const boundary = groupBy(nodes, (node) => node.attachedTo);
  const inside = groupBy(nodes, (node) => node.scope);
  return {
    model,
    process,
    nodes,
    flows,
    byId: new Map(nodes.map((node) => [node.id, node])),
    incoming: (node) => incoming.get(node) ?? [],
    outgoing: (node) => outgoing.get(node) ?? [],
    boundary: (node) => boundary.get(node) ?? [],
    inside: (scope) => inside.get(scope) ?? [],
  };
}
