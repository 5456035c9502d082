import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { homeOf } from '../features/session/home.ts';
import { useSession } from '../features/session/session-store.ts';
import type { Role } from '../shared/contract.ts';
import { i18n } from '../shared/i18n/index.ts';
import { notifyFailed } from '../shared/notify.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the window title. */
    title?: string;
    /** Absent: everybody who is signed in. */
    roles?: Role[];
    public?: boolean;
    /** The menu entries that stay lit on this page. */
    section?: string[];
  }
}

const staff: Role[] = ['handler', 'head'];
const desk: Role[] = ['designer', ...staff, 'supervisor', 'integrator'];

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('../pages/sign-in/SignInPage.vue') },
  {
    path: '/sign-in',
    component: () => import('../pages/sign-in/SignInPage.vue'),
    meta: { public: true, title: 'signIn.title' },
  },
  {
    path: '/definitions',
    component: () => import('../pages/definitions/DefinitionsPage.vue'),
    meta: { roles: desk, title: 'definitions.title' },
  },
  {
    path: '/definitions/:id',
    component: () => import('../pages/definition/DefinitionPage.vue'),
    props: true,
    meta: { roles: desk, title: 'definitions.title' },
  },
  {
    path: '/definitions/:id/start',
    component: () => import('../pages/start/StartDefinitionPage.vue'),
    props: true,
    meta: { roles: desk, title: 'start.title' },
  },
  {
    path: '/upload',
    component: () => import('../pages/upload/UploadPage.vue'),
    meta: { roles: ['designer'], title: 'upload.title' },
  },
  {
    path: '/inbox',
    component: () => import('../pages/inbox/InboxPage.vue'),
    meta: { roles: staff, title: 'inbox.title' },
  },
  {
    path: '/tasks',
    component: () => import('../pages/tasks/TasksPage.vue'),
    meta: { roles: ['supervisor'], title: 'tasks.title' },
  },
  {
    path: '/tasks/:id',
    component: () => import('../pages/task/TaskPage.vue'),
    props: true,
    meta: { title: 'task.form', section: ['/inbox', '/my-tasks'] },
  },
  {
    path: '/board',
    component: () => import('../pages/board/BoardPage.vue'),
    meta: { roles: ['supervisor'], title: 'board.title' },
  },
  {
    path: '/cases',
    component: () => import('../pages/cases/CasesPage.vue'),
    meta: { roles: [...desk, 'governmentHead'], title: 'cases.title' },
  },
  {
    path: '/cases/:id',
    component: () => import('../pages/case/CasePage.vue'),
    props: true,
    meta: { title: 'case.title', section: ['/my-cases'] },
  },
  {
    path: '/orders',
    component: () => import('../pages/orders/OrdersPage.vue'),
    meta: { roles: [...staff, 'supervisor'], title: 'order.list' },
  },
  {
    path: '/notices',
    component: () => import('../pages/notices/NoticesPage.vue'),
    meta: { title: 'notice.title' },
  },
  {
    path: '/incidents',
    component: () => import('../pages/incidents/IncidentsPage.vue'),
    meta: { roles: ['supervisor', 'designer'], title: 'incidents.title' },
  },
  {
    path: '/hold-reasons',
    component: () => import('../pages/hold-reasons/HoldReasonsPage.vue'),
    meta: { roles: ['designer'], title: 'holdReasons.title' },
  },
  {
    path: '/items',
    component: () => import('../pages/items/ItemsPage.vue'),
    meta: { title: 'items.title' },
  },
  {
    path: '/items/:id',
    component: () => import('../pages/item/ItemPage.vue'),
    props: true,
    meta: { title: 'items.title' },
  },
  {
    path: '/items/:id/start',
    component: () => import('../pages/start/StartItemPage.vue'),
    props: true,
    meta: { title: 'start.title', section: ['/items'] },
  },
  {
    path: '/receipt/:id',
    component: () => import('../pages/receipt/ReceiptPage.vue'),
    props: true,
    meta: { title: 'receipt.title', section: ['/items'] },
  },
  {
    path: '/my-cases',
    component: () => import('../pages/my-cases/MyCasesPage.vue'),
    meta: { roles: ['applicant'], title: 'myCases.title' },
  },
  {
    path: '/my-tasks',
    component: () => import('../pages/my-tasks/MyTasksPage.vue'),
    meta: { roles: ['applicant'], title: 'myTasks.title' },
  },
  {
    path: '/due-dates',
    component: () => import('../pages/due-dates/DueDatesPage.vue'),
    meta: { public: true, title: 'dueDate.title' },
  },
  {
    path: '/calendar',
    component: () => import('../pages/calendar/CalendarPage.vue'),
    meta: { public: true, title: 'calendar.title' },
  },
  {
    path: '/:rest(.*)*',
    component: () => import('../pages/not-found/NotFoundPage.vue'),
    meta: { public: true, title: 'notFound.title' },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.onError(() => notifyFailed(i18n.global.t('failure.page')));

router.beforeEach(async (to) => {
  const session = useSession();
  if (!session.known) {
    try {
      await session.load();
    } catch {
      // The network banner says so; the sign-in page offers to try again.
      return to.meta.public ? true : { path: '/sign-in', query: { next: to.fullPath } };
    }
  }
  if (to.name === 'home') return homeOf(session.role);
  if (to.meta.public) return true;
  if (!session.user) return { path: '/sign-in', query: { next: to.fullPath } };
  const { roles } = to.meta;
  return !roles || roles.includes(session.user.role) ? true : homeOf(session.role);
});
