import type { JsonObject } from '../kernel/json.ts';
import type { DefinitionSummary } from '../store/ports.ts';

export interface PublishMessage {
  readonly name: string;
  readonly key: string | null;
  readonly variables: JsonObject;
  readonly timeToLive?: string;
  readonly id?: string;
}

/** What became of a message. */
export interface MessageReceipt {
  /** The case that took it. */
  readonly caseId: string | null;
  readonly started: boolean;
  /** It waits for somebody who waits for it. */
  readonly kept: boolean;
  /** Its id was known: nothing was done. */
  readonly duplicate: boolean;
}

/** A conditional start event of a newest version. */
export interface ConditionalStart {
  readonly definition: DefinitionSummary;
  /** Of the start event. */
  readonly element: string;
}

export interface ConditionsJudged {
  /** Those whose condition is true: a case begins at each. */
  readonly started: readonly ConditionalStart[];
  /** Those whose condition could not be evaluated, and why. */
  readonly failed: readonly (ConditionalStart & { readonly reason: string })[];
}
