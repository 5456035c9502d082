import type { Role, SessionAbilities } from '../shared/contract.ts';

export interface NavigationEntry {
  path: string;
  label: string;
}

const entry = (path: string, label: string): NavigationEntry => ({ path, label: `nav.${label}` });
/** For every role. */
const dueDates = [entry('/due-dates', 'dueDates'), entry('/calendar', 'calendar')];

/** What each role finds in its menu. Buttons inside pages follow the server's `can`; the menu only sorts the work. */
export function navigationOf(role: Role | null, can: Partial<SessionAbilities>): NavigationEntry[] {
  switch (role) {
    case 'designer':
      return [
        entry('/definitions', 'definitions'),
        entry('/upload', 'upload'),
        entry('/cases', 'cases'),
        entry('/incidents', 'incidents'),
        entry('/hold-reasons', 'holdReasons'),
        ...dueDates,
      ];
    case 'handler':
    case 'head':
      return [
        entry('/inbox', 'inbox'),
        entry('/cases', 'cases'),
        entry('/orders', 'orders'),
        ...(can.startCase ? [entry('/items', 'items')] : []),
        ...dueDates,
      ];
    case 'supervisor':
      return [
        entry('/board', 'board'),
        entry('/tasks', 'tasks'),
        entry('/cases', 'cases'),
        entry('/orders', 'orders'),
        entry('/incidents', 'incidents'),
        ...dueDates,
      ];
    case 'governmentHead':
      return [entry('/cases', 'cases'), ...dueDates];
    case 'applicant':
      return [entry('/items', 'items'), entry('/my-cases', 'myCases'), entry('/my-tasks', 'myTasks'), ...dueDates];
    case 'integrator':
      return [entry('/definitions', 'definitions'), ...dueDates];
    case null:
      return [];
  }
}
