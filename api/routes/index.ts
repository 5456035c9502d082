import type { Route } from '../http/route.ts';
import { statusRoutes } from './status/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { demoRoutes } from './demo/routes.ts';
import { departmentRoutes } from './departments/routes.ts';
import { itemRoutes } from './items/routes.ts';
import { definitionRoutes } from './definitions/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { undeliveredNoticeRoutes } from './notices/undelivered-routes.ts';
import { orderRoutes } from './orders/routes.ts';
import { overdueReasonRoutes } from './overdue-reasons/routes.ts';
import { supervisionRoutes } from './supervision/routes.ts';
import { branchRoutes } from './cases/branch-routes.ts';
import { choiceRoutes } from './cases/choices.ts';
import { clockRoutes } from './cases/clock-routes.ts';
import { supplementRoutes } from './cases/supplement-routes.ts';
import { holdReasonRoutes } from './hold-reasons/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { modificationRoutes } from './cases/modification-routes.ts';
import { migrationRoutes } from './cases/migration-routes.ts';
import { taskRoutes } from './tasks/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { signalRoutes } from './signals/routes.ts';
import { conditionRoutes } from './conditions/routes.ts';
import { jobRoutes } from './jobs/routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { dueDateRoutes } from './due-dates/routes.ts';
import { calendarRoutes } from './calendars/routes.ts';
import { whyRoutes } from './due-dates/why-routes.ts';
import { boardRoutes } from './board/routes.ts';
import { fileRoutes } from './files/routes.ts';
import { eventRoutes } from './events/routes.ts';
import { docsRoutes } from './docs/routes.ts';

/** Every route, in the order the document lists them. */
export const routes: readonly Route[] = [
  ...statusRoutes,
  ...sessionRoutes,
  ...demoRoutes,
  ...departmentRoutes,
  ...itemRoutes,
  ...definitionRoutes,
  ...caseRoutes,
  ...clockRoutes,
  ...branchRoutes,
  ...supervisionRoutes,
  ...orderRoutes,
  ...overdueReasonRoutes,
  ...noticeRoutes,
  ...undeliveredNoticeRoutes,
  ...supplementRoutes,
  ...holdReasonRoutes,
  ...choiceRoutes,
  ...modificationRoutes,
  ...migrationRoutes,
  ...taskRoutes,
  ...messageRoutes,
  ...signalRoutes,
  ...conditionRoutes,
  ...jobRoutes,
  ...incidentRoutes,
  ...dueDateRoutes,
  ...calendarRoutes,
  ...whyRoutes,
  ...boardRoutes,
  ...fileRoutes,
  ...eventRoutes,
  ...docsRoutes,
];
