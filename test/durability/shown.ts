/** What pages and lists show, as far as it is judged. Instants are ISO 8601. */

export interface ShownClock {
  readonly holds: readonly {
    readonly reason: string;
    readonly from: string;
    readonly to: string | null;
    readonly expectedDays: number | null;
    readonly notice: { readonly number: string } | null;
  }[];
  readonly extensions: readonly { readonly value: number; readonly note: string | null }[];
  readonly supplements: readonly {
    readonly defects: readonly unknown[];
    readonly note: string | null;
    readonly answer: {
      readonly note: string | null;
      readonly remedies: readonly { readonly files: readonly { readonly id: string }[] }[];
    } | null;
  }[];
}

export interface ShownSupervision {
  readonly urges: { readonly count: number };
  readonly reasons: readonly ShownReason[];
  readonly orders: readonly ShownOrder[];
}

export interface ShownOrder {
  readonly number: string;
  /** What it is about; the first keeps it. */
  readonly cases: readonly { readonly id: string }[];
  readonly what: string;
  readonly status: string;
  readonly reply: Words | null;
  readonly verdict: Words | null;
  readonly revocation: Words | null;
}

export interface ShownReason {
  readonly id: string;
  readonly status: string;
  readonly answer: Words | null;
}

interface Words {
  readonly text: string;
}

/** What the house shows beside the cases. */
export interface Lists {
  readonly orders: readonly ShownOrder[];
  readonly reasons: readonly ShownReason[];
  /** Of the process that is published again and again. */
  readonly versions: readonly { readonly version: number; readonly name: string }[];
  /** Versions of the calendars. */
  readonly calendars: readonly string[];
  /** What is in each file that was uploaded, by its id; absent where it cannot be read. */
  readonly files: Readonly<Record<string, string>>;
}
