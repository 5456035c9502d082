import {
  dayOf,
  formatDay,
  startOfDay,
  type HoldNote,
  type HoldPart,
  type LedgerLine,
  type StartRule,
  type StopReason,
  type Terms,
  type WorkCalendar,
  usualDayOf,
} from '../../engine/time/index.ts';
import {
  amountInWords,
  citation,
  dateInWords,
  dayInWords,
  exactMomentInWords,
  momentInWords,
  type Bilingual,
} from './words.ts';

const REASONS: Readonly<Record<StopReason, Bilingual>> = {
  hearing: { zh: '听证', en: 'a hearing' },
  tender: { zh: '招标', en: 'a tender' },
  auction: { zh: '拍卖', en: 'an auction' },
  inspection: { zh: '检验', en: 'an inspection' },
  test: { zh: '检测', en: 'a test' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'an appraisal' },
  expertReview: { zh: '专家评审', en: 'an expert review' },
  local: { zh: '其他有依据的事由', en: 'another reason with a basis of its own' },
  supplement: { zh: '补正', en: 'the applicant to supplement' },
  elsewhere: { zh: '由其他部门办理', en: 'others who had it in hand' },
};

export function reasonInWords(reason: StopReason): Bilingual {
  return REASONS[reason];
}

const NOTES: Readonly<Record<HoldNote, Bilingual>> = {
  beforeStart: { zh: '在起算之前，不影响期限', en: 'it ended before the count began and changes nothing' },
  afterEnd: { zh: '在期限届满之后，不影响期限', en: 'it began after the limit had ended and changes nothing' },
  overlapping: { zh: '与另一段暂停重叠，不重复扣除', en: 'another hold covers it; it is not counted twice' },
  noTime: { zh: '其间没有需要扣除的时间，不影响期限', en: 'no time that counts lies in it; it changes nothing' },
};

const PARTS: Readonly<Record<HoldPart, Bilingual>> = {
  beforeStart: { zh: '开始计算之前的部分不在其内', en: 'what lies before the count began is not among it' },
  overlapping: { zh: '与另一段暂停重叠的部分不重复扣除', en: 'what another hold covers is not counted twice' },
};

/** What every line needs to know of the whole. */
interface Context {
  readonly calendar: WorkCalendar;
  readonly unit: Terms['limit']['unit'];
  /** Positions are moments, not days. */
  readonly exact: boolean;
  readonly immediate: boolean;
  readonly usualDay: number;
  /** What it is the clock of is over: nothing goes on any more. */
  readonly ended: boolean;
  /** No notice of holidays moves it any more. */
  readonly stands: boolean;
}

/**
 * Every step of a ledger as one sentence, in the ledger's order; `ended`: what it is the clock of is over, held or not;
 * `stands`: no notice of holidays moves it any more.
 */
export function ledgerInWords(
  ledger: readonly LedgerLine[],
  calendar: WorkCalendar,
  { ended = false, stands = false }: Partial<Pick<Context, 'ended' | 'stands'>> = {},
): Bilingual[] {
  const given = ledger.filter(({ kind }) => kind === 'limit' || kind === 'extension');
  const unit = given[0]?.unit ?? 'workingDays';
  const immediate = unit !== 'workingHours' && given.every(({ amount }) => amount === 0);
  const rule = ledger.find(({ kind }) => kind === 'start')?.rule;
  const midnightOf = (at: number) => startOfDay(dayOf(at, calendar.utcOffsetMs), calendar.utcOffsetMs);
  // no days are counted in days, also by the minute, unless one day ends sooner
  const inDays = immediate && ledger.every(({ kind, at }) => kind !== 'counted' || at === midnightOf(at!));
  const context: Context = {
    calendar,
    unit,
    immediate,
    exact: unit === 'workingHours' || (rule === 'minuteExact' && !inDays),
    usualDay: usualDayOf(calendar),
    ended,
    stands,
  };
  return ledger.map((line) => lineInWords(line, context));
}

function lineInWords(line: LedgerLine, context: Context): Bilingual {
  const cite = citation(line.article);
  const basis = { zh: line.basis ? `，依据：${line.basis}` : '', en: line.basis ? `; basis: ${line.basis}` : '' };
  const amount = (): Bilingual => amountInWords(line.amount ?? 0, context.unit, context.usualDay);
  switch (line.kind) {
    case 'start': {
      const from = momentOf(line.at!, context);
      const rule = startInWords(line.rule!, context);
      return { zh: `${from.zh}起算，${rule.zh}${cite.zh}`, en: `Starts ${from.en}; ${rule.en}${cite.en}` };
    }
    case 'anew': {
      const [before, noticed] = [
        momentInWords(line.since!, context.calendar),
        momentInWords(line.at!, context.calendar),
      ];
      return {
        zh: `原自${before.zh}起算；${noticed.zh}告知补正，补正期间不计，收到补正材料后重新起算${cite.zh}`,
        en: `It had counted from ${before.en}; on ${noticed.en}, the applicant was told what was missing. Their time does not count, and what they handed in begins the count anew${cite.en}`,
      };
    }
    case 'accepted':
      return {
        zh: `受理审查期限内没有作出决定，也没有告知补正：自收到申请材料之日起视为受理，办理时限从收到时起算${cite.zh}`,
        en: `Nobody decided or asked to supplement within the time of acceptance review: the application counts as accepted from the day of receipt, so handling counts from receipt${cite.en}`,
      };
    case 'limit':
      return limitInWords(amount(), basis, cite, context);
    case 'extension': {
      const { approvedBy } = line;
      return {
        zh: `延长 ${amount().zh}${basis.zh}${cite.zh}${approvedBy ? `，${approvedBy}批准` : ''}`,
        en: `Extended by ${amount().en}${basis.en}${cite.en}${approvedBy ? `; approved by ${approvedBy}` : ''}`,
      };
    }
    case 'counted':
      return countedInWords(line, amount(), context);
    case 'held':
      return heldInWords(line, amount(), cite, context);
    case 'moved': {
      const [from, to] = [dayInWords(line.at!, context.calendar), dayInWords(line.until!, context.calendar)];
      if (from.zh === to.zh)
        return { zh: `顺延至${to.zh}下班时${cite.zh}`, en: `Moved to the close of office on ${to.en}${cite.en}` };
      const works = context.calendar.isWorkingDay(formatDay(dayOf(line.at!, context.calendar.utcOffsetMs)));
      const why = works ? { zh: '正在暂停', en: 'held' } : { zh: '是休息日', en: 'a day of rest' };
      return {
        zh: `最后一天${from.zh}${why.zh}，顺延至${to.zh}${cite.zh}`,
        en: `The last day, ${from.en}, is ${why.en}: moved to ${to.en}${cite.en}`,
      };
    }
    case 'due': {
      const at = momentOf(line.at!, context);
      return line.article
        ? { zh: `${at.zh}到期，以当天下班时间为准${cite.zh}`, en: `Due ${at.en}, when the office closes${cite.en}` }
        : { zh: `${at.zh}到期`, en: `Due ${at.en}` };
    }
    case 'noDate':
      return context.ended
        ? {
            zh: '到结束时计时仍在暂停，此后不再计时，没有到期时间',
            en: 'Still held when it ended: no time counts after that, and there is no due date',
          }
        : { zh: '计时仍在暂停，恢复之后才有到期时间', en: 'Still held: there is a due date once it goes on' };
    case 'warning': {
      const at = momentOf(line.at!, context);
      return context.immediate
        ? { zh: `${at.zh}起亮黄灯：办公时间已过 2 小时`, en: `Yellow from ${at.en}: two office hours have passed` }
        : warnedInWords(at, line, context);
    }
    case 'provisional': {
      const [from, to] = [dateInWords(line.coverage!.from), dateInWords(line.coverage!.to)];
      if (context.stands)
        return {
          zh: `工作日历 ${line.calendarVersion} 收录的放假安排是${from.zh}至${to.zh}，超出部分是当时的推算；计时已经结束，不再重新计算`,
          en: `Calendar ${line.calendarVersion} knows the notices from ${from.en} to ${to.en}. Beyond them the days were a guess; the clock has ended, so it is not counted again`,
        };
      return {
        zh: `暂定：工作日历 ${line.calendarVersion} 收录的放假安排是${from.zh}至${to.zh}，超出部分只是推算，待放假安排公布后重新计算`,
        en: `Provisional: calendar ${line.calendarVersion} knows the notices from ${from.en} to ${to.en}. Beyond them the days are a guess; count again when the notice is out`,
      };
    }
  }
}

/** To the second where time is counted to the moment: what was counted then lies between the moments that are told. */
function momentOf(at: number, { calendar, exact }: Context): Bilingual {
  return (exact ? exactMomentInWords : momentInWords)(at, calendar);
}

/** When the light turns yellow: by the share or the amount that was stated, else by the common rule. */
function warnedInWords(
  at: Bilingual,
  { warning = { share: 0.3 } }: LedgerLine,
  { unit, usualDay }: Context,
): Bilingual {
  if (warning === 'none') return { zh: '不亮黄灯', en: 'No yellow' };
  if ('units' in warning) {
    const left = amountInWords(warning.units, unit, usualDay);
    return { zh: `${at.zh}起亮黄灯：剩余 ${left.zh}`, en: `Yellow from ${at.en}: ${left.en} left` };
  }
  const least = amountInWords(1, unit, usualDay);
  const percent = Math.round(warning.share * 100_000) / 1_000;
  const share = percent === 30 ? '三成' : ` ${percent}%`;
  return {
    zh: `${at.zh}起亮黄灯：剩余${share}，且不少于 ${least.zh}`,
    en: `Yellow from ${at.en}: ${percent} % is left, and at least ${least.en}`,
  };
}

function startInWords(rule: StartRule, { unit, immediate, usualDay }: Context): Bilingual {
  if (immediate)
    return {
      zh: '当日办结；已下班的，下一个工作日办结',
      en: 'done the same day, or the next working day once the office has closed',
    };
  if (unit === 'workingHours')
    return rule === 'nextWorkingDay'
      ? { zh: '从下一个工作日开始办公时数起', en: 'counted from the opening of the next working day' }
      : { zh: '从这一刻数起', en: 'counted from that moment' };
  switch (rule) {
    case 'nextWorkingDay':
      return { zh: '当天不算，从第二天数起', en: 'that day is not counted' };
    case 'sameDay':
      return {
        zh: '当天算第一天；已下班的，从第二天数起',
        en: 'that day is the first one, unless the office has closed',
      };
    case 'minuteExact': {
      const day = amountInWords(usualDay / 3_600_000, 'workingHours', usualDay);
      return unit === 'workingDays'
        ? { zh: `从这一刻数起，1 个工作日按 ${day.zh}计`, en: `counted from that moment, a working day as ${day.en}` }
        : { zh: '从这一刻数起，1 天按 24 小时计', en: 'counted from that moment, a day as 24 hours' };
    }
  }
}

function limitInWords(amount: Bilingual, basis: Bilingual, cite: Bilingual, { unit, immediate }: Context): Bilingual {
  if (immediate) return { zh: `即办：当日办结${basis.zh}`, en: `Same-day work${basis.en}` };
  if (unit !== 'workingDays') return { zh: `时限 ${amount.zh}${basis.zh}`, en: `Limit: ${amount.en}${basis.en}` };
  return {
    zh: `时限 ${amount.zh}${basis.zh}；节假日和休息日不算，调休上班日要算${cite.zh}`,
    en: `Limit: ${amount.en}${basis.en}; holidays and weekends are not counted, make-up days are${cite.en}`,
  };
}

function countedInWords(
  { at, until, restDays }: LedgerLine,
  amount: Bilingual,
  { exact, calendar }: Context,
): Bilingual {
  const inWords = exact ? exactMomentInWords : dayInWords;
  const [from, to] = [inWords(at!, calendar), inWords(until!, calendar)];
  const rest = restDays
    ? {
        zh: `，其间 ${restDays} 天休息日不算`,
        en: `; ${restDays} ${restDays === 1 ? 'day' : 'days'} of rest not counted`,
      }
    : { zh: '', en: '' };
  const span = from.zh === to.zh ? from : { zh: `${from.zh}至${to.zh}`, en: `${from.en} to ${to.en}` };
  return { zh: `${span.zh}：数满 ${amount.zh}${rest.zh}`, en: `${span.en}: ${amount.en} counted${rest.en}` };
}

/** Whole days, or exact moments, in which a department did no step that its limit is about: others had it, or it did another. */
function elsewhereInWords(line: LedgerLine, amount: Bilingual, { calendar, exact }: Context): Bilingual {
  const inWords = exact ? exactMomentInWords : dayInWords;
  const [from, to] = [inWords(line.at!, calendar), inWords(line.until! - (exact ? 0 : 1), calendar)];
  const span = from.zh === to.zh ? from : { zh: `${from.zh}至${to.zh}`, en: `${from.en} to ${to.en}` };
  const parts = partsInWords(line);
  const effect = line.note
    ? NOTES[line.note]
    : { zh: `扣除 ${amount.zh}${parts.zh}`, en: `${amount.en} not counted${parts.en}` };
  return {
    zh: `${span.zh}本部门没有在办理有承诺时限的环节，${effect.zh}`,
    en: `${span.en}: the department was at no step with a promise; ${effect.en}`,
  };
}

/** Why a hold took less than lies in its span; empty where it took all of it. */
function partsInWords({ without = [] }: LedgerLine): Bilingual {
  return {
    zh: without.map((part) => `，${PARTS[part].zh}`).join(''),
    en: without.map((part) => `; ${PARTS[part].en}`).join(''),
  };
}

function heldInWords(line: LedgerLine, amount: Bilingual, cite: Bilingual, context: Context): Bilingual {
  if (line.reason === 'elsewhere') return elsewhereInWords(line, amount, context);
  const { calendar, exact } = context;
  const reason = line.local ?? REASONS[line.reason!];
  const parts = partsInWords(line);
  // to the second: a hold that ends within the minute of the opening takes that day
  const from = exactMomentInWords(line.at!, calendar);
  const to = line.until === null || line.until === undefined ? null : exactMomentInWords(line.until, calendar);
  const span = to
    ? { zh: `${from.zh}至${to.zh}`, en: `${from.en} to ${to.en}` }
    : { zh: `${from.zh}起`, en: `From ${from.en}` };
  // where the basis is that very article, it is cited once
  const own = line.basis && `（${line.basis}）` !== cite.zh ? line.basis : '';
  const basis = { zh: own ? `（依据：${own}）` : '', en: own ? ` (basis: ${own})` : '' };
  const effect = (): Bilingual => {
    if (line.note) return NOTES[line.note];
    if (line.amount === null)
      return context.ended
        ? { zh: '到结束时没有恢复', en: 'it never went on' }
        : { zh: '尚未恢复', en: 'it has not ended' };
    const days = exact
      ? { zh: '', en: '' }
      : { zh: '（涉及的当天整天不算）', en: ' (each day touched is not counted at all)' };
    return { zh: `扣除 ${amount.zh}${days.zh}${parts.zh}`, en: `${amount.en} not counted${days.en}${parts.en}` };
  };
  return {
    zh: `${span.zh}因${reason.zh}暂停计时${basis.zh}，${effect().zh}${cite.zh}`,
    en: `${span.en}: held for ${reason.en}${basis.en}; ${effect().en}${cite.en}`,
  };
}
