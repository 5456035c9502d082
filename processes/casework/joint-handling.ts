import { isJoint } from '../../engine/model/branches.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { Directory } from '../directory/index.ts';

/** 联合办理 (行政许可法 art. 26): several departments handle the case; a window that receives and delivers is none of them. */
export function isHandledJointly(graph: ProcessGraph, { findDepartment }: Pick<Directory, 'findDepartment'>): boolean {
  return isJoint(graph, (department) => findDepartment(department)?.receptionWindow === true);
}
