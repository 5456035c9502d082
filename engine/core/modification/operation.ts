/**
 * One change of where a case stands, made by a person. The operations of one command are applied in order and together:
 * either all of them or none. They speak of the tokens that were there before the command; nothing runs in between.
 */
export type Operation =
  /** Takes tokens away, with all that they hold open: tasks, jobs, timers, messages, scopes. */
  | { readonly do: 'cancel'; readonly at: Place }
  /** Takes each token away and sends one to the target instead. */
  | { readonly do: 'move'; readonly at: Place; readonly to: Target }
  /** Sends one more token to the target. */
  | { readonly do: 'add'; readonly to: Target };

/** One token by its id; or every token of an element, those held at a join included. */
export type Place = { readonly token: string } | { readonly element: string };

/**
 * Where a token arrives: before the element, as if by a sequence flow. Sub-processes around it that are not open are
 * opened, their start events left out.
 */
export interface Target {
  readonly element: string;
  /** The scope (id in the case state) to arrive in, where the element's scope is open more than once. */
  readonly scope?: string;
  /** A join: the incoming flow to arrive on. Otherwise the first flow that holds no token. */
  readonly flow?: string;
}

/** What one operation did, for the history: names as they were at that time. */
export interface Done {
  readonly do: Operation['do'];
  readonly from?: { readonly id: string; readonly name: string };
  readonly to?: { readonly id: string; readonly name: string };
  /** How many tokens. */
  readonly count: number;
}

export const MAX_OPERATIONS = 100;
