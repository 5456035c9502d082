import { parseWarning } from '../../../engine/model/limits.ts';
import type { Terms } from '../../../engine/time/index.ts';
import type { House } from '../../house.ts';
import { rateLimit } from '../../http/rate-limit.ts';
import { route } from '../../http/route.ts';
import { ok } from '../reply.ts';
import { presentDueDate } from './present.ts';
import { pointing } from './refusals.ts';
import { DueDateAnswer, DueDateQuestion } from './schema.ts';

/** Strangers, per client address. Whoever has signed in or has a token is known and not limited. */
const limitStrangers = rateLimit(120, 60);

export const dueDateRoutes = [
  route({
    method: 'post',
    path: '/due-dates',
    operationId: 'countDueDate',
    summary: 'Count a due date',
    description:
      'The same pure function that the cases use: whoever doubts a date can count it here, without a case and without signing in. ' +
      'Nothing is kept. The ledger says each step in plain words, with article and calendar version. Strangers may ask 120 times a minute.',
    permission: 'anyone',
    body: DueDateQuestion,
    bodyBytes: 128_000,
    responses: { 200: DueDateAnswer },
    problems: [429],
    handler: async ({ body, viewer, client }, house) => {
      if (!viewer) await limitStrangers(client);
      return ok(answerTo(house, body));
    },
  }),
];

function answerTo({ calendars, region, engine }: House, question: DueDateQuestion) {
  const now = engine.now();
  const { calendar: asked, statutory, startRule, yellow, acceptedBy } = question;
  const warning = yellow === undefined ? undefined : parseWarning(yellow);
  const wanted = asked.region ?? calendars.ofDivision(region, now).region;
  const calendar = pointing(() => calendars.get(wanted, now, asked.version));
  const terms: Terms = {
    start: Date.parse(question.start),
    limit: question.limit,
    holds: question.holds.map(({ from, to, ...hold }) => ({
      ...hold,
      from: Date.parse(from),
      to: to === null ? null : Date.parse(to),
    })),
    extensions: question.extensions,
    calendar: calendar.calendar,
    ...(acceptedBy && { acceptedBy }),
    ...(startRule !== undefined && { startRule }),
    ...(warning !== undefined && { warning }),
  };
  return presentDueDate(terms, {
    calendar,
    at: question.at === undefined ? now : Date.parse(question.at),
    ...(statutory && { statutory }),
  });
}
