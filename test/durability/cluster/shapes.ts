import type { Shapes } from '../evidence.ts';
import { CONSULTED, CONSULTED_SHAPE } from './consulted.ts';
import { LICENCE, LICENCE_SHAPE } from './licence.ts';
import { KEY, SHAPE } from './model.ts';
import { NEIGHBOURS, NEIGHBOURS_SHAPE, SURVEY, SURVEY_SHAPE } from './neighbours.ts';
import { OVERDUE, OVERDUE_SHAPE } from './overdue.ts';
import { SENT_BACK, SENT_BACK_SHAPE } from './sent-back.ts';
import { SENTRY, SENTRY_SHAPE } from './sentry.ts';
import { WITHDRAWN, WITHDRAWN_SHAPE } from './withdrawn.ts';

/** What the cases of each process do. */
export const SHAPES: Shapes = {
  [KEY]: SHAPE,
  [NEIGHBOURS]: NEIGHBOURS_SHAPE,
  [SURVEY]: SURVEY_SHAPE,
  [SENTRY]: SENTRY_SHAPE,
  [LICENCE]: LICENCE_SHAPE,
  [OVERDUE]: OVERDUE_SHAPE,
  [SENT_BACK]: SENT_BACK_SHAPE,
  [CONSULTED]: CONSULTED_SHAPE,
  [WITHDRAWN]: WITHDRAWN_SHAPE,
};
