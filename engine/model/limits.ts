import type { Limit, Limits, StartRule, Warning } from './graph.ts';
import type { ParsedLimit, ParsedLimits } from './parsed-model.ts';

export const START_RULES: readonly StartRule[] = ['nextWorkingDay', 'sameDay', 'minuteExact'];

/** `30%`: a share of the limit; `2`: so many of its units; `none`. Undefined: none of these. */
export function parseWarning(text: string): Warning | undefined {
  if (text === 'none') return 'none';
  const [, number, percent] = /^(\d{1,6}(?:\.\d{1,3})?)(%?)$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  if (!percent) return { units: Number(number) };
  return Number(number) > 0 && Number(number) <= 100 ? { share: Number(number) / 100 } : undefined;
}

/** As `parseWarning` reads it. */
export function warningText(warning: Warning): string {
  if (warning === 'none') return warning;
  return 'units' in warning ? String(warning.units) : `${Math.round(warning.share * 100_000) / 1_000}%`;
}

/** Of what the check found valid. Only what is stated is there. */
export function compileLimits({ limit, statutory, startRule, warning }: ParsedLimits): Limits {
  const [promise, law] = [limit && compileLimit(limit), statutory && compileLimit(statutory)];
  const yellow = warning === undefined ? undefined : parseWarning(warning);
  return {
    ...(promise && { limit: promise }),
    ...(law && { statutory: law }),
    ...(startRule !== undefined && { startRule: startRule as StartRule }),
    ...(yellow !== undefined && { warning: yellow }),
  };
}

/** Undefined where only a unit or a basis is given. */
export function compileLimit({ value, unit, basis }: ParsedLimit): Limit | undefined {
  if (value === undefined) return undefined;
  return Object.freeze({
    value: Number(value),
    unit: (unit ?? 'workingDays') as Limit['unit'],
    ...(basis !== undefined && { basis }),
  });
}
