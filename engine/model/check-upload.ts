import type { CheckedUpload, CheckedWith, ItemOf, PublishedOf } from '../engine.ts';
import { compileExpression } from '../expressions/compile-expression.ts';
import { compileInTurns, type ExpressionCompiler } from './compile.ts';
import { nodeSources } from './expressions-of.ts';
import type { JsonValue } from '../kernel/json.ts';
import type { Finding } from './finding.ts';
import type { ProcessGraph } from './graph.ts';
import { withItemLimits } from './item-limits.ts';
import { errorsFirst, lintInTurns } from './lint/index.ts';
import { parseAside } from './parse-aside.ts';
import { fixedCall, modelOf, nameOfCall, type ParsedModel, type ParsedProcess } from './parsed-model.ts';
import { decodeUpload } from './read-text.ts';
import { Turns } from './turns.ts';

/** More than this helps nobody; the rest is counted in one last finding. */
export const MAX_FINDINGS = 500;

/**
 * Everything an upload goes through before it may run. Rejects only where there is no model to speak of (codes of
 * `decodeUpload` and `parseBpmn`, `upload.too_costly`, `upload.busy`); all else is a finding, errors first. Graphs are
 * there when `ok`. Limits that only the item states (`itemOf`) are judged like those of the model, what it calls by fixed names
 * (`publishedOf`) like what is in the file. A large file never holds the event loop: it is parsed in another thread and judged in short turns.
 */
export async function checkUpload(
  bytes: Uint8Array,
  { itemOf = async () => undefined, onlyReceives, publishedOf = async () => undefined }: CheckedWith = {},
): Promise<CheckedUpload> {
  const xml = decodeUpload(bytes);
  const model = await withPublished(await withItems(await parseAside(xml), itemOf), publishedOf);
  const turns = new Turns();
  const compiler = expressionCache();
  await compileAhead(model, compiler, turns);
  const views = model.executables.length > 1 ? model.executables.map((process) => ({ ...model, process })) : [model];
  const findings: Finding[] = [];
  for (const view of views) findings.push(...(await lintInTurns(view, compiler, turns, onlyReceives)));
  const ok = findings.every((finding) => finding.severity !== 'error');
  const named = model.process ?? model.processes[0];
  const graphs: ProcessGraph[] = [];
  if (ok) for (const view of views) graphs.push(await compileWith(turns, view, compiler));
  return {
    ok,
    xml,
    key: named?.id ?? '',
    name: named?.name ?? '',
    processes: model.executables.map(({ id, name }) => ({ key: id, name })),
    findings: cut(views.length > 1 ? errorsFirst(once(findings)) : findings),
    graphs,
  };
}

async function withItems(model: ParsedModel, itemOf: ItemOf): Promise<ParsedModel> {
  const executables: ParsedProcess[] = [];
  for (const [index, process] of model.executables.entries())
    executables.push(withItemLimits(process, await itemOf(process.id, index)));
  return { ...model, executables, ...(executables[0] && { process: executables[0] }) };
}

/** Published processes that a file is checked with, at most: those called first. */
const MOST_PUBLISHED = 50;

/** With the published processes that its processes call, and those that these call in turn. */
async function withPublished(model: ParsedModel, publishedOf: PublishedOf): Promise<ParsedModel> {
  const published = new Map<string, ParsedProcess>();
  const asked = new Set(model.executables.map(({ id }) => id));
  const calling = [...model.executables];
  for (const process of calling) {
    for (const call of process.nodes.flatMap((node) => fixedCall(node) ?? [])) {
      const name = nameOfCall(call);
      if (asked.has(name) || asked.size > model.executables.length + MOST_PUBLISHED) continue;
      asked.add(name);
      const found = await publishedOf(call.key, call.version);
      const called = found && (await storedModel(found.xml, found.key, found.resources.item)).process;
      if (!called) continue;
      published.set(name, called);
      calling.push(called);
    }
  }
  return { ...model, published };
}

/** What is wrong with the file is found once for each of its processes. */
function once(findings: readonly Finding[]): Finding[] {
  const known = new Map(findings.map((finding) => [`${finding.rule} ${finding.element} ${finding.en}`, finding]));
  return [...known.values()];
}

/**
 * The graph of XML that passed `checkUpload` when it was published: of the process with this key, else of its first, with
 * the limits of its item.
 */
export async function compileStored(xml: string, key?: string, item?: JsonValue): Promise<ProcessGraph> {
  const model = await storedModel(xml, key, item);
  const compiler = expressionCache();
  const turns = new Turns();
  await compileAhead(model, compiler, turns);
  return compileWith(turns, model, compiler);
}

async function storedModel(xml: string, key?: string, item?: JsonValue): Promise<ParsedModel> {
  const parsed = await withItems(await parseAside(xml), async (id) =>
    key === undefined || id === key ? item : undefined,
  );
  return (key !== undefined && modelOf(parsed, key)) || parsed;
}

async function compileWith(turns: Turns, model: ParsedModel, compiler: ExpressionCompiler): Promise<ProcessGraph> {
  const compiling = compileInTurns(model, compiler);
  for (;;) {
    const turn = compiling.next();
    if (turn.done) return turn.value;
    await turns.next();
  }
}

/** One text is compiled once, however often lint and compile ask. */
function expressionCache(): ExpressionCompiler {
  const known = new Map<string, ReturnType<ExpressionCompiler>>();
  return (text) => {
    let compiled = known.get(text);
    if (!compiled) known.set(text, (compiled = compileExpression(text)));
    return compiled;
  };
}

/** Expressions are the slow part of a large model: fill the cache while others get their turn. */
async function compileAhead(model: ParsedModel, compiler: ExpressionCompiler, turns: Turns): Promise<void> {
  for (const flow of model.executables.flatMap(({ flows }) => flows)) {
    if (flow.condition && 'feel' in flow.condition) compiler(flow.condition.feel);
    await turns.next();
  }
  for (const node of model.executables.flatMap(({ nodes }) => nodes)) {
    for (const { source } of nodeSources(node)) if ('feel' in source) compiler(source.feel);
    await turns.next();
  }
}

function cut(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  const left = findings.length - MAX_FINDINGS;
  const severity = findings[MAX_FINDINGS]!.severity;
  const zh = `还有 ${left} 个问题未列出，请先处理以上问题`;
  return [
    ...findings.slice(0, MAX_FINDINGS),
    { element: '', rule: 'more-findings', severity, zh, en: `There are ${left} more findings; repair these first` },
  ];
}
