import { isRejection, Rejection } from '../../../engine/index.ts';
import { en } from '../../http/sentences/en.ts';
import { zh } from '../../http/sentences/zh.ts';

/** Runs `count`; a refusal that names its field becomes a line that points into the body, `from` replaced by `to` there. */
export function pointing<T>(count: () => T, [from, to] = ['', '']): T {
  try {
    return count();
  } catch (error) {
    if (!isRejection(error) || typeof error.details.field !== 'string') throw error;
    const { field, ...details } = error.details;
    const { code } = error;
    throw new Rejection(error.kind, code, error.message, {
      ...details,
      errors: [{ pointer: `/body${field.replace(from, to)}`, code, zh: zh[code] ?? code, en: en[code] ?? code }],
    });
  }
}
