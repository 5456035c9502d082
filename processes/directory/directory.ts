import { Rejection } from '../../engine/kernel/rejection.ts';
import { isStaff, ROLES, type Department, type Person, type Region } from './person.ts';

/** Who works where. Immutable; the order of people and departments is that of the data. */
export interface Directory {
  readonly region: Region;
  readonly departments: readonly Department[];
  readonly people: readonly Person[];
  findPerson(id: string): Person | undefined;
  /** `person.not_found` */
  getPerson(id: string): Person;
  findDepartment(id: string): Department | undefined;
  /** `department.not_found` */
  getDepartment(id: string): Department;
  /** What a department is called; its id where it is gone from the directory. */
  nameOf(department: string): string;
  /** Who answers for a department; undefined where nobody is named. */
  headOf(department: string): Person | undefined;
  /** The person's departments with their names. */
  departmentsOf(person: Person): Department[];
}

export interface DirectoryData {
  readonly region: Region;
  readonly departments: readonly Department[];
  readonly people: readonly Person[];
}

/**
 * Builds a directory; `directory.invalid` where ids repeat, a role is unknown, a person works for no known department, or a
 * department is headed by somebody who does not work there.
 */
export function directoryOf({ region, departments, people }: DirectoryData): Directory {
  const departmentById = indexById(departments, 'department');
  const personById = indexById(people, 'person');
  for (const { id, role, departments: worksFor } of people) {
    if (!ROLES.includes(role)) throw invalid(`person '${id}' has the unknown role '${role}'`);
    const unknown = worksFor.find((department) => !departmentById.has(department));
    if (unknown !== undefined) throw invalid(`person '${id}' works for the unknown department '${unknown}'`);
    if (isStaff({ role }) && worksFor.length === 0) throw invalid(`${role} '${id}' works for no department`);
  }
  for (const { id, head } of departments) {
    if (head !== undefined && !personById.get(head)?.departments.includes(id))
      throw invalid(`department '${id}' is headed by '${head}', who does not work there`);
  }
  const getDepartment = (id: string): Department => departmentById.get(id) ?? notFound('department', id);
  return Object.freeze({
    region,
    departments,
    people,
    findPerson: (id: string) => personById.get(id),
    getPerson: (id: string) => personById.get(id) ?? notFound('person', id),
    findDepartment: (id: string) => departmentById.get(id),
    getDepartment,
    nameOf: (id: string) => departmentById.get(id)?.name ?? id,
    headOf: (id: string) => personById.get(departmentById.get(id)?.head ?? ''),
    departmentsOf: (person: Person) => person.departments.map(getDepartment),
  });
}

function indexById<Row extends { readonly id: string }>(rows: readonly Row[], noun: string): Map<string, Row> {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    if (byId.has(row.id)) throw invalid(`the ${noun} id '${row.id}' is given twice`);
    byId.set(row.id, row);
  }
  return byId;
}

function notFound(noun: 'person' | 'department', id: string): never {
  throw new Rejection('not-found', `${noun}.not_found`, `Expected ${noun} '${id}', but there is none`, { [noun]: id });
}

function invalid(reason: string): Rejection {
  return new Rejection('invalid', 'directory.invalid', `Expected a directory, but ${reason}`, { reason });
}
