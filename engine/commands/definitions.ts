import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Finding } from '../model/finding.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { OnlyReceives } from '../model/handlers.ts';
import type { DefinitionRow, DefinitionSummary } from '../store/ports.ts';

export interface CheckedUpload {
  /** No finding is an error. */
  readonly ok: boolean;
  /** The file as Unicode text, whatever encoding it came in. */
  readonly xml: string;
  readonly key: string;
  readonly name: string;
  /** All that run, in the order of the file; also where something is wrong. */
  readonly processes: readonly { readonly key: string; readonly name: string }[];
  readonly findings: readonly Finding[];
  /** Of every process that runs, in the order of the file; empty where something is wrong. */
  readonly graphs: readonly ProcessGraph[];
}

export interface Deployment {
  readonly definition: DefinitionSummary;
  /** False: the newest version has the same content, nothing was written. */
  readonly created: boolean;
  /** The other processes of the same file: each is a definition of its own. */
  readonly others: readonly { readonly definition: DefinitionSummary; readonly created: boolean }[];
  readonly findings: readonly Finding[];
}

/** The item that a process of a file belongs to, by the process id; `index` counts the processes from 0. */
export type ItemOf = (key: string, index: number) => Promise<JsonValue | undefined>;

/** A published process by its key: this version, else the newest. */
export type PublishedOf = (key: string, version?: number) => Promise<PublishedProcess | undefined>;
export type PublishedProcess = Pick<DefinitionRow, 'key' | 'xml' | 'resources'>;

/** What a file is checked with that does not stand in it. */
export interface CheckedWith {
  /** The items among the resources: their limits are checked with the model. */
  readonly itemOf?: ItemOf;
  /** Which departments are reception windows; none where absent. */
  readonly onlyReceives?: OnlyReceives;
  /** What the processes of the file call; of the engine its own where absent. */
  readonly publishedOf?: PublishedOf;
}

/** `itemOf` is needed with `resourcesOf`. */
export interface Upload extends CheckedWith {
  readonly bytes: Uint8Array;
  /** Files that travel with the version. */
  readonly resources?: JsonObject;
  /** The same for each process of the file, once it is known to be right. `index` counts from 0. */
  readonly resourcesOf?: (graph: ProcessGraph, index: number) => Promise<JsonObject>;
}
