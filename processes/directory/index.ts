export { directoryOf } from './directory.ts';
export type { Directory, DirectoryData } from './directory.ts';
export { DEMO_CITY, loadDirectory } from './load.ts';
export { may, permissions } from './permissions.ts';
export type { Permission } from './permissions.ts';
export { isStaff, ROLES, worksFor } from './person.ts';
export type { Department, Person, Region, Role } from './person.ts';
