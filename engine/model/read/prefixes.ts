import { camunda } from '../moddle/camunda.ts';
import { ov } from '../moddle/ov.ts';
import type { Package } from '../moddle/package.ts';
import { zeebe } from '../moddle/zeebe.ts';

/** Activiti, Flowable and Camunda 7 have one ancestor and write the same names: what is known of one is read of all. */
export const SAME_VOCABULARY = 'http://(?:activiti|flowable)\\.org/bpmn';

const PACKAGES: readonly (readonly [Package, RegExp])[] = [
  [camunda, new RegExp(`^(?:${camunda.uri}|${SAME_VOCABULARY})$`)],
  [zeebe, new RegExp(`^${zeebe.uri}$`)],
  [ov, new RegExp(`^${ov.uri}$`)],
];
const QUALIFIED = /[\s<]([\w.-]+):(\w+)/g;
const DECLARATION = /\sxmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/g;

/**
 * How the file writes the prefixes that we call `camunda`, `zeebe` and `ov`: `camunda` -> `flowable`. Where it has several
 * for one vocabulary, names that it writes with another of them stand there on their own: `camunda:class` -> `activiti`.
 */
export function readPrefixes(xml: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const declared = [...xml.matchAll(DECLARATION)];
  const oursOf = new Map(declared.flatMap(([, prefix, uri]) => PACKAGES.flatMap(oursFor(prefix!, uri!))));
  if ([...oursOf].every(([theirs, ours]) => theirs === ours)) return found;
  const names = new Map([...oursOf.keys()].map((prefix) => [prefix, new Set<string>()]));
  for (const [, prefix, name] of xml.matchAll(QUALIFIED)) names.get(prefix!)?.add(name!);
  const mostFirst = [...names].sort(([, a], [, b]) => b.size - a.size);
  for (const [prefix, used] of mostFirst) {
    const ours = oursOf.get(prefix)!;
    if (found[ours] === undefined) found[ours] = prefix;
    else for (const name of used) if (!names.get(found[ours])!.has(name)) found[`${ours}:${name}`] ??= prefix;
  }
  return found;
}

const oursFor =
  (prefix: string, uri: string) =>
  ([{ prefix: ours }, known]: (typeof PACKAGES)[number]): [string, string][] =>
    known.test(uri) ? [[prefix, ours]] : [];

/** A text in which vocabularies have the prefixes of the file. */
export function inPrefixesOf(prefixes: Readonly<Record<string, string>>, text: string): string {
  return text.replace(/\b(camunda|zeebe|ov):(\w+)/g, (whole, ours: string, name: string) => {
    const theirs = prefixes[`${ours}:${name}`] ?? prefixes[ours];
    return theirs === undefined ? whole : `${theirs}:${name}`;
  });
}
