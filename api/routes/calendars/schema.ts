import { z } from 'zod';
import { CalendarBrief } from '../due-dates/schema.ts';
import { CaseReference } from '../orders/schema.ts';
import { Bilingual, Id, Instant, Reference } from '../vocabulary.ts';

export const CalendarVersion = CalendarBrief.extend({
  loadedAt: Instant.nullable().describe('When its notice was loaded here; null: it came with the product'),
  loadedBy: Reference.nullable().describe('Who loaded it'),
  inForce: z.boolean().describe('Due dates of this region are counted with it now'),
}).meta({ id: 'CalendarVersion', description: '工作日历的一个版本: its region, sources and coverage' });

export const CalendarList = z
  .object({
    items: z.array(CalendarVersion).describe('Every version there is, those that take effect last first'),
    own: z.string().describe('Region that the cases of this house are counted with'),
  })
  .meta({ id: 'CalendarList', description: 'Working calendars' });

export const DayKind = z.enum(['working', 'weekend', 'holiday', 'makeUp', 'halfDay']).meta({
  id: 'DayKind',
  description:
    'working day, weekend, holiday (weekends inside one included), make-up day (调休, a weekend day worked), half day (less office time than usual)',
});

export const CalendarDay = z
  .object({
    date: z.iso.date().describe('The day'),
    kind: DayKind.describe('What it is'),
    name: Bilingual.nullable().describe('The holiday it belongs to or makes up; null where the notice does not say'),
    hours: z.array(z.string()).nullable().describe('Office hours where they differ from the usual ones, 08:30-12:00'),
    covered: z.boolean().describe('False beyond the notices: only the day of the week is known'),
  })
  .meta({ id: 'CalendarDay', description: 'One day of a working calendar' });

export const YearParams = z.object({
  region: z.string().max(32).describe('Of `GET /calendars`'),
  year: z.coerce.number().int().min(1900).max(2999).describe('1900 to 2999'),
});

export const YearQuery = z.object({
  version: z
    .string()
    .max(200)
    .optional()
    .describe('Of `GET /calendars`; the one in force when absent, around the region while its own wait for their day'),
});

export const CalendarYear = z
  .object({
    calendar: CalendarVersion.describe('Whose year it is'),
    year: z.number().int().describe('The year'),
    coverage: z.enum(['all', 'part', 'none']).describe('How much of the year a notice speaks about'),
    papers: z.array(z.string()).describe('The notices of this year'),
    workingDays: z.array(z.number().int()).length(12).describe('Working days of each month'),
    days: z.array(CalendarDay).describe('Every day, in order'),
  })
  .meta({ id: 'CalendarYear', description: '一年的工作日历, day by day' });

const NoticeContent = z
  .unknown()
  .describe(
    'The notice as JSON: the years it speaks of, a whole calendar of the country, or what a region does differently (processes/calendars/README.md)',
  );

const EXAMPLE = {
  notice: {
    version: 'cn-2027.1',
    effective: '2026-11-05',
    years: { 2027: { papers: ['https://www.gov.cn/…'], off: ['2027-01-01'], work: [] } },
  },
};

export const HolidayNoticeUpload = z
  .object({ notice: NoticeContent })
  .meta({ id: 'HolidayNoticeUpload', description: '放假通知: a notice to load', example: EXAMPLE });

export const HolidayNoticeTrial = z
  .object({
    notice: NoticeContent,
    cursor: z.string().max(400).optional().describe('`next` of the call before'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(50)
      .describe('Affected cases on a page; open orders that a page looks at'),
  })
  .meta({ id: 'HolidayNoticeTrial', description: 'A notice to try', example: EXAMPLE });

export const MovedDate = z
  .object({
    of: z
      .enum(['handling', 'acceptance', 'delivery', 'task', 'branch', 'supplement', 'hold', 'timer'])
      .describe(
        'Of the clock of the case that runs now; a task; a department; the time to supplement; the expected end of a hold; a timer',
      ),
    task: Id.nullable().describe('Id of the task, of the date of one'),
    name: z.string().describe('Of the task, department or timer; else the title of the case'),
    limit: z.enum(['promise', 'statutory']).describe('Which date: of the promise or of the statutory limit'),
    was: Instant.nullable().describe('Due date before; null while held'),
    is: Instant.nullable().describe('Due date after'),
    wasProvisional: z.boolean().describe('暂定 before'),
    isProvisional: z.boolean().describe('暂定 after'),
  })
  .meta({ id: 'MovedDate', description: 'A due date that the notice moves or makes certain' });

export const AffectedCase = z
  .object({
    case: z
      .object({
        id: Id.describe('Stable id'),
        number: z.string().describe('办件编号'),
        title: z.string().describe('Title'),
      })
      .describe('The case'),
    dates: z.array(MovedDate).describe('Every due date of it that changes'),
  })
  .meta({ id: 'AffectedCase', description: 'A case that the notice moves' });

export const MovedOrder = z
  .object({
    number: z.string().describe('监察编号'),
    cases: z.array(CaseReference).min(1).describe('办件: what it is about, also where it has ended'),
    was: Instant.describe('Reply until then, before'),
    is: Instant.describe('Reply until then, after'),
    wasProvisional: z.boolean().describe('暂定 before'),
    isProvisional: z.boolean().describe('暂定 after'),
  })
  .meta({
    id: 'MovedOrder',
    description: 'An open supervision order of which the notice moves the reply date, or makes it certain',
  });

export const HolidayNoticePreview = z
  .object({
    version: z.string().describe('Of the notice'),
    region: z.string().describe('Whose calendar it changes'),
    effective: z.iso.date().describe('From when on'),
    papers: z.array(z.string()).describe('Where its days come from'),
    days: z
      .array(
        z.object({
          date: z.iso.date().describe('The day'),
          was: DayKind.describe('What it was'),
          is: DayKind.describe('What it becomes'),
        }),
      )
      .describe('Days that become something else, also beyond the coverage until now'),
    coverage: z
      .object({ from: z.iso.date().describe('First day'), to: z.iso.date().describe('Last day') })
      .describe('What will be covered'),
    countsHere: z.boolean().describe('Cases of this house are counted with it; false: only the calculator uses it'),
    total: z.number().int().describe('Open cases'),
    checked: z.number().int().describe('Open cases that this page looked at'),
    affected: z.array(AffectedCase).describe('Those of them that move'),
    orders: z.array(MovedOrder).describe('Open supervision orders that move; they come after the cases'),
    next: z.string().nullable().describe('Cursor of the next page; null: every open case and order was looked at'),
  })
  .meta({ id: 'HolidayNoticePreview', description: 'What a notice would do, before anything is changed' });

export const Recount = z
  .object({
    id: Id.describe('Stable id'),
    status: z.enum(['waiting', 'running', 'done']).describe('Runs wait for each other and for their day'),
    version: z.string().describe('Of the notice'),
    calendarVersion: z.string().nullable().describe('What the cases are counted with; null before it begins'),
    papers: z.array(z.string()).describe('The notice'),
    by: Reference.describe('Who ordered it'),
    at: Instant.describe('When'),
    notBefore: Instant.describe('When it may begin'),
    startedAt: Instant.nullable().describe('When it began'),
    endedAt: Instant.nullable().describe('When it ended'),
    total: z.number().int().describe('Open cases when it began'),
    checked: z.number().int().describe('Looked at so far'),
    changed: z.number().int().describe('Of them moved, each with a line in its history'),
    orders: z.number().int().describe('Open supervision orders of which the reply date moved, counted after the cases'),
    failed: z
      .array(
        z.object({
          case: Id.describe('Stable id'),
          number: z.string().describe('办件编号'),
          code: z.string().describe('Why'),
        }),
      )
      .describe('The first 20 that could not be counted'),
  })
  .meta({ id: 'Recount', description: '重新计算: all open cases counted again after a notice' });

export const RecountList = z
  .object({ items: z.array(Recount).describe('Newest first, at most 50') })
  .meta({ id: 'RecountList', description: 'Runs' });

export const HolidayNoticeLoaded = z
  .object({
    version: z.string().describe('Of the notice'),
    run: Recount.nullable().describe('The run over the open cases; null: they are not counted with this calendar'),
  })
  .meta({ id: 'HolidayNoticeLoaded', description: 'A notice that has been loaded' });
