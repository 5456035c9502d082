import type { Person as DirectoryPerson } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { holds } from '../../http/permit.ts';
import { departmentReference } from '../present.ts';
import type { Person, Session } from './schema.ts';

export function presentPerson(house: Pick<House, 'directory'>, person: DirectoryPerson): Person {
  return {
    id: person.id,
    name: person.name,
    title: person.title,
    role: person.role,
    departments: person.departments.map((id) => departmentReference(house, id)),
  };
}

export function presentSession(house: Pick<House, 'directory'>, person: DirectoryPerson | null): Session {
  return {
    user: person && presentPerson(house, person),
    can: {
      deploy: holds(person, 'definitions.deploy'),
      startCase: holds(person, 'cases.start'),
      handleTasks: holds(person, 'tasks.handle'),
      supervise: holds(person, 'board.read'),
      retryIncidents: holds(person, 'incidents.handle'),
      loadCalendars: holds(person, 'calendars.load'),
      integrate: holds(person, 'jobs.work'),
    },
  };
}
