import { app } from './app.ts';
import { calendar } from './calendar.ts';
import { cases } from './cases.ts';
import { choices } from './choices.ts';
import { clock } from './clock.ts';
import { common } from './common.ts';
import { definitions } from './definitions.ts';
import { diagram } from './diagram.ts';
import { dueDates } from './due-dates.ts';
import { forms } from './forms.ts';
import { lights } from './lights.ts';
import { notices } from './notices.ts';
import { repair } from './repair.ts';
import { services } from './services.ts';
import { supervision } from './supervision.ts';
import { supplement } from './supplement.ts';
import { tasks } from './tasks.ts';

/** Every sentence of the screens in Chinese; one file per area. */
export const zh = {
  ...app,
  ...calendar,
  ...cases,
  ...choices,
  ...clock,
  ...common,
  ...definitions,
  ...diagram,
  ...dueDates,
  ...forms,
  ...lights,
  ...notices,
  ...repair,
  ...services,
  ...supervision,
  ...supplement,
  ...tasks,
};
