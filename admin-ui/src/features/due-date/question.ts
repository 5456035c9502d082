import type { CalendarVersion, DueDateQuestion } from '../../shared/contract.ts';
import { instantOf } from '../../shared/instant.ts';

export const UNITS = ['workingDays', 'calendarDays', 'workingHours'] as const;
export const RULES = ['nextWorkingDay', 'sameDay', 'minuteExact'] as const;
/** The eight of the law (行政许可法 art. 45). */
export const LAWFUL_REASONS = [
  'hearing',
  'tender',
  'auction',
  'inspection',
  'test',
  'quarantine',
  'appraisal',
  'expertReview',
] as const;
export const REASONS = [...LAWFUL_REASONS, 'local'] as const;

/** When the light turns yellow. usual: 30 % left, one unit at least. */
export const WARNINGS = ['usual', 'share', 'units', 'none'] as const;
export type WarningBy = (typeof WARNINGS)[number];

export type Unit = (typeof UNITS)[number];
export type Rule = (typeof RULES)[number];
export type Reason = (typeof REASONS)[number];

export interface HoldRow {
  /** '': none is chosen. */
  reason: Reason | '';
  /** What a local reason is called; said of no other. */
  zh: string;
  en: string;
  /** Beijing time, `2026-03-05 09:00` or, of a case, to the ms: `2026-03-05 09:00:19.250`; '' where nothing is chosen. */
  from: string;
  to: string;
  basis: string;
}

export interface ExtensionRow {
  value: number | undefined;
  basis: string;
  approvedBy: string;
}

/** What the form holds. */
export interface Question {
  start: string;
  /** Nobody decided in time whether to accept. */
  bySilence: boolean;
  limit: number | undefined;
  unit: Unit;
  basis: string;
  /** '': the usual one of the unit. */
  rule: Rule | '';
  warning: WarningBy;
  /** Percent (share) or units that are left when it turns yellow. */
  left: number | undefined;
  statutory: number | undefined;
  statutoryUnit: Unit;
  holds: HoldRow[];
  extensions: ExtensionRow[];
  /** '': of this house. */
  region: string;
  version: string;
  /** '': now. */
  at: string;
}

export function emptyQuestion(start = ''): Question {
  return {
    start,
    bySilence: false,
    limit: undefined,
    unit: 'workingDays',
    basis: '',
    rule: '',
    ...USUAL_WARNING,
    statutory: undefined,
    statutoryUnit: 'workingDays',
    holds: [],
    extensions: [],
    region: '',
    version: '',
    at: '',
  };
}

export const emptyHold = (): HoldRow => ({ reason: 'expertReview', zh: '', en: '', from: '', to: '', basis: '' });
export const emptyExtension = (): ExtensionRow => ({ value: undefined, basis: '', approvedBy: '' });

/** The fields that have to be filled in before it makes sense to ask, as the server names them: `holds/0/from`. */
export function missingIn({ start, limit, warning, left, holds, extensions }: Question): string[] {
  const isEmpty = (value: string | number | null | undefined): boolean =>
    value === undefined || value === null || value === '';
  return [
    ...(isEmpty(start) ? ['start'] : []),
    ...(isEmpty(limit) ? ['limit/value'] : []),
    ...(isCounted({ warning }) && isEmpty(left) ? ['yellow'] : []),
    ...holds.flatMap((hold, index) => {
      const named = nameOf(hold);
      return [
        ...(isEmpty(hold.reason) ? [`holds/${index}/reason`] : []),
        ...(isEmpty(hold.from) ? [`holds/${index}/from`] : []),
        ...(named?.zh === '' ? [`holds/${index}/local/zh`] : []),
        ...(named?.en === '' ? [`holds/${index}/local/en`] : []),
      ];
    }),
    ...extensions.flatMap(({ value }, index) => (isEmpty(value) ? [`extensions/${index}/value`] : [])),
  ];
}

/**
 * Which calendar a question names, as `region version`; '' for that of this house. Of a region alone the version in force;
 * undefined where those it has wait for their day: the answer tells what was counted with.
 */
export function chosenCalendar(
  { region, version }: Pick<Question, 'region' | 'version'>,
  calendars: readonly Pick<CalendarVersion, 'region' | 'version' | 'inForce'>[],
): string | undefined {
  if (!region) return '';
  const named = version || calendars.find((each) => each.region === region && each.inForce)?.version;
  return named && `${region} ${named}`;
}

/** What a local reason is called; a name is given in both languages or not at all. */
function nameOf({ reason, zh, en }: HoldRow): { zh: string; en: string } | undefined {
  const name = { zh: zh.trim(), en: en.trim() };
  return reason === 'local' && (name.zh || name.en) ? name : undefined;
}

/** As the server asks for it. */
export function bodyOf(question: Question): DueDateQuestion {
  const { start, bySilence, limit, unit, rule, statutory, statutoryUnit, holds, extensions, region, version, at } =
    question;
  const yellow = yellowOf(question);
  return {
    start: instantOf(start),
    ...(bySilence && { acceptedBy: 'silence' }),
    limit: { value: limit ?? 0, unit, ...filled('basis', question.basis) },
    ...(rule && { startRule: rule }),
    ...(yellow && { yellow }),
    // an emptied field is null
    ...(statutory != null && { statutory: { value: statutory, unit: statutoryUnit } }),
    holds: holds.map((hold) => {
      const local = nameOf(hold);
      return {
        // none is asked for before one is chosen
        reason: hold.reason as Reason,
        ...(local && { local }),
        from: instantOf(hold.from),
        to: hold.to ? instantOf(hold.to) : null,
        ...filled('basis', hold.basis),
      };
    }),
    extensions: extensions.map(({ value, basis, approvedBy }) => ({
      value: value ?? 0,
      ...filled('basis', basis),
      ...filled('approvedBy', approvedBy),
    })),
    calendar: { ...(region && { region }), ...(version && { version }) },
    ...(at && { at: instantOf(at) }),
  };
}

/** `30%`, `2`, `none`; '': the usual one. */
export function yellowOf({ warning, left }: Pick<Question, 'warning' | 'left'>): string {
  if (warning === 'usual') return '';
  return warning === 'none' ? 'none' : `${left ?? ''}${warning === 'share' ? '%' : ''}`;
}

/** Whether the yellow light is said in an amount. */
export function isCounted({ warning }: Pick<Question, 'warning'>): boolean {
  return warning === 'share' || warning === 'units';
}

export const USUAL_WARNING: Pick<Question, 'warning' | 'left'> = { warning: 'usual', left: undefined };

/** The contrary; undefined where it is no yellow. */
export function warningOf(yellow: string): Pick<Question, 'warning' | 'left'> | undefined {
  if (yellow === 'none') return { warning: 'none', left: undefined };
  const [, left, percent] = /^(\d{1,6}(?:\.\d{1,3})?)(%?)$/.exec(yellow) ?? [];
  if (left === undefined) return undefined;
  return { warning: percent ? 'share' : 'units', left: Number(left) };
}

function filled<K extends string>(field: K, text: string): { [key in K]?: string } {
  return text.trim() ? ({ [field]: text.trim() } as { [key in K]: string }) : {};
}
