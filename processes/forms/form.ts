import type { JsonValue } from '../../engine/kernel/json.ts';

/** A sentence or word in both languages of the product. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'date',
  'select',
  'radio',
  'checkbox',
  'idNumber',
  'creditCode',
  'phone',
  'file',
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

export interface Option {
  readonly value: string;
  readonly label: Text;
}

/**
 * One question of a form. What a field holds: checkbox is true or false, with options a list of their values; select with
 * `multiple` is a list; money is yuan with at most two decimals; date is `YYYY-MM-DD`; file is a `FileValue`, with
 * `multiple` a list of them; everything else is text or a number.
 */
export interface FormField {
  readonly name: string;
  readonly label: Text;
  readonly type: FieldType;
  /** A required checkbox without options must be ticked. */
  readonly required?: boolean;
  /** number, money: a number; date: `YYYY-MM-DD`. Both ends are allowed values. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** text, textarea; Unicode characters */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** text: a regular expression of the safe subset (`pattern.ts`) that the whole value must match. */
  readonly pattern?: string;
  readonly options?: readonly Option[];
  readonly help?: Text;
  /** Shown, never taken from what is submitted. */
  readonly readOnly?: boolean;
  readonly multiple?: boolean;
  /** file: as in HTML, for example `.pdf,image/*` */
  readonly accept?: string;
  /** What the page fills in first; never put in place of an answer that is missing. */
  readonly default?: JsonValue;
}

/** A form as it is stored beside the process. */
export interface FormDefinition {
  readonly key: string;
  readonly title: Text;
  readonly fields: readonly FormField[];
}

export interface FileValue {
  readonly id: string;
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** media type */
  readonly type: string;
}

/** Longest text in characters when the form does not say; a pattern is only ever tried on `PATTERN_TEXT` of them. */
export const DEFAULT_LENGTH = { text: 200, textarea: 2_000 } as const;
export const LONGEST_TEXT = 10_000;
export const PATTERN_TEXT = 200;
export const MOST_FILES = 20;
