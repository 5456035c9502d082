export { workCalendar } from './calendar.ts';
export type { CalendarData, CalendarYear, WorkCalendar } from './calendar.ts';
export { usualDayOf } from './office-hours.ts';
export type { OfficeHours } from './office-hours.ts';
export { besideDueDate } from './beside.ts';
export { exactFrom } from './count.ts';
export { CHINA_OFFSET_MS, dayOf, formatDay, parseDay, startOfDay, weekdayOf } from './day.ts';
export type { Day } from './day.ts';
export { dueDate, LONGEST_LIMIT } from './due-date.ts';
export { elapsedAt } from './elapsed.ts';
export type { DueDate } from './due-date.ts';
export { parseCycle, parseDuration, parseTimerDate } from './iso8601.ts';
export type { Cycle, Duration } from './iso8601.ts';
export { edgesOf, lightOf, overdueSince, worstOf, LIGHTS, NEVER } from './light.ts';
export type { ClockState, Dates, Light } from './light.ts';
export { remaining, remainingIn } from './remaining.ts';
export { addWorkingDays, firstWorkingDay, workingDaysBetween } from './working-days.ts';
export { addWorkingTime } from './working-hours.ts';
export type { Article } from './articles.ts';
export { deadlineOf } from './deadline.ts';
export type { Deadline } from './deadline.ts';
export type { HoldNote, HoldPart, LedgerKind, LedgerLine } from './ledger.ts';
export { standingAt } from './standing.ts';
export type { Standing } from './standing.ts';
export { expiryOf } from './time-to-live.ts';
export { HOLD_REASONS, isAmount, statutoryTerms } from './terms.ts';
export { inHand, lastsBeyond, usedTime } from './used-time.ts';
export type { Span, UsedTime } from './used-time.ts';
export type { Extension, Hold, HoldReason, StartRule, StopReason, Terms } from './terms.ts';
export {
  acceptBySilence,
  returnUnanswered,
  beginPhases,
  begunAnew,
  endSupplement,
  holdDue,
  holdTerms,
  openSupplement,
  PHASES,
  phaseSpan,
  reach,
  reviewedFrom,
  supplementDue,
  supplementHolds,
} from './phases.ts';
export type { Passed, Phase, Phases, SupplementTime } from './phases.ts';
export { ACCEPTANCE_LIMIT, DELIVERY_LIMIT, PHASE_LAW } from './phase-law.ts';
