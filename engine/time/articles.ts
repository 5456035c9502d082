/**
 * The articles a deadline rests on, each with how sure we are of it.
 * - `read`: the text of the law was read at its source, and it says so of the authority's own limits.
 * - `habit`: the text is known from reprints, and it is civil law: that offices count their limits in the same way is habit
 *   and the rule of most guides, not an article.
 *
 * What has no article is the office's choice or ours, and says so by having none.
 */
export interface Article {
  readonly law: '行政许可法' | '民法典';
  /** Article and, where it matters, paragraph and item: `201.1`, `32.1.4` */
  readonly number: string;
  readonly certainty: 'read' | 'habit';
}

/** Limits of the authority are in working days, without statutory holidays. */
export const WORKING_DAYS: Article = { law: '行政许可法', number: '82', certainty: 'read' };
/** With the approval of the head of the authority the limit may be extended; joint handling with that of the government. */
export const EXTENSION: Article = { law: '行政许可法', number: '42', certainty: 'read' };
/** Who is not told in time what is missing is accepted from the day of receipt. */
export const SILENCE: Article = { law: '行政许可法', number: '32.1.4', certainty: 'read' };
/** Hearing, tender, auction, inspection, test, quarantine, appraisal and expert review are not counted. */
export const EXCLUDED_TIME: Article = { law: '行政许可法', number: '45', certainty: 'read' };
/** What is missing is told once; the materials are complete when the applicant has supplemented them. */
export const SUPPLEMENT: Article = { law: '行政许可法', number: '32', certainty: 'read' };
/** Counted in days, the first day is not counted. */
export const FIRST_DAY: Article = { law: '民法典', number: '201.1', certainty: 'habit' };
/** Counted in hours, time runs from the moment that law or parties say. */
export const FROM_THE_HOUR: Article = { law: '民法典', number: '201.2', certainty: 'habit' };
/** A last day that is a statutory holiday moves to the day after the holiday; that weekends do too is ours. */
export const LAST_DAY: Article = { law: '民法典', number: '203.1', certainty: 'habit' };
/** The last day ends at 24:00, or where there are business hours when business ends. */
export const LAST_HOUR: Article = { law: '民法典', number: '203.2', certainty: 'habit' };
