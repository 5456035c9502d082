import { route } from '../../http/route.ts';
import { created, ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { draftNotice, loadNotice } from './notice.ts';
import { changedDays, presentRecount, presentVersion, presentYear } from './present.ts';
import { previewPage } from './preview-page.ts';
import {
  CalendarList,
  CalendarYear,
  HolidayNoticeLoaded,
  HolidayNoticePreview,
  HolidayNoticeTrial,
  HolidayNoticeUpload,
  Recount,
  RecountList,
  YearParams,
  YearQuery,
} from './schema.ts';

const MOST_RUNS = 50;

export const calendarRoutes = [
  route({
    method: 'get',
    path: '/calendars',
    operationId: 'listCalendars',
    summary: 'Working calendars',
    description: 'Every region and version that due dates can be counted with, and where its days come from.',
    permission: 'anyone',
    responses: { 200: CalendarList },
    handler: (_request, house) =>
      ok({
        items: house.calendars.all.map((calendar) => presentVersion(house, calendar)),
        own: house.keptCalendars.inForce(house.region, house.engine.now()).region,
      }),
  }),
  route({
    method: 'get',
    path: '/calendars/:region/years/:year',
    operationId: 'getCalendarYear',
    summary: 'A year, day by day',
    description:
      'Working days, weekends, holidays, make-up days and half days of a year, and which of them are certain.',
    permission: 'anyone',
    params: YearParams,
    query: YearQuery,
    responses: { 200: CalendarYear },
    handler: ({ params, query }, house) => {
      const calendar = house.calendars.get(params.region, house.engine.now(), query.version);
      return ok(presentYear(house, calendar, params.year));
    },
  }),
  route({
    method: 'post',
    path: '/calendars/notices/preview',
    operationId: 'previewHolidayNotice',
    summary: 'What a notice of holidays would do',
    description:
      'Reads a notice and says which days it changes and whom it moves: the next 1,000 open cases at most, newest first, and after them the open supervision orders; call again with `next` until it is null. Changes nothing. What is wrong in the notice is refused with a line for each mistake.',
    permission: 'calendars.load',
    body: HolidayNoticeTrial,
    responses: { 200: HolidayNoticePreview },
    handler: async ({ body, viewer }, house) => {
      const draft = draftNotice(house, body.notice, viewer);
      const { countsHere } = draft;
      const { version, region, effective, papers } = draft.notice;
      const { was, is } = countsHere ? draft : draft.region;
      const page = countsHere
        ? await previewPage(house, is.calendar, body)
        : { checked: 0, affected: [], orders: [], next: null };
      return ok({
        version,
        region,
        effective,
        papers: [...papers],
        days: changedDays(was, is),
        coverage: draft.region.is.calendar.coverage,
        countsHere,
        total: await house.store.countActiveCases(),
        ...page,
      });
    },
  }),
  route({
    method: 'post',
    path: '/calendars/notices',
    operationId: 'loadHolidayNotice',
    summary: 'Load a notice of holidays',
    description:
      'Keeps the notice as a version that never changes, and counts every open case again from the day it takes effect. A case of which a date moves gets one line in its history; of the others nothing is written. The run goes on in the background, also where a node dies.',
    permission: 'calendars.load',
    body: HolidayNoticeUpload,
    responses: { 201: HolidayNoticeLoaded },
    handler: async ({ body, viewer }, house) => {
      const { notice } = draftNotice(house, body.notice, viewer);
      const run = await loadNotice(house, body.notice, viewer);
      return created({ version: notice.version, run: run ? presentRecount(house, run) : null });
    },
  }),
  route({
    method: 'get',
    path: '/recounts',
    operationId: 'listRecounts',
    summary: 'Runs over the open cases',
    description: 'After which notices the open cases were counted again, and what came of it.',
    permission: 'calendars.load',
    responses: { 200: RecountList },
    handler: async (_request, house) => {
      const runs = await house.engine.listRecounts();
      return ok({ items: runs.slice(0, MOST_RUNS).map((run) => presentRecount(house, run)) });
    },
  }),
  route({
    method: 'get',
    path: '/recounts/:id',
    operationId: 'getRecount',
    summary: 'How far a run is',
    description: 'Progress and result.',
    permission: 'calendars.load',
    params: IdParams,
    responses: { 200: Recount },
    problems: [404],
    handler: async ({ params }, house) => ok(presentRecount(house, await house.engine.getRecount(params.id))),
  }),
];
