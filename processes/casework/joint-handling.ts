import { isJoint } from '../../engine/model/branches.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { Directory } from '../directory/index.ts';

type Departments = Pick<Directory, 'findDepartment'>;

/** 联合办理 (行政许可法 art. 26): several departments handle the case; a window that receives and delivers is none of them. */
export function isHandledJointly(graph: ProcessGraph, directory: Departments): boolean {
  return isJoint(graph, (department) => isReceptionWindow(directory, department));
}

/** 综合窗口 */
export function isReceptionWindow({ findDepartment }: Departments, department: string): boolean {
  return findDepartment(department)?.receptionWindow === true;
}
