import type { z } from 'zod';
import type { MovedDate as EngineMovedDate, RecountPreview } from '../../../engine/index.ts';
import { instantOrNull } from '../present.ts';
import type { AffectedCase, MovedDate } from './schema.ts';

/** A case that a notice moves, with every due date of it that changes. */
export function presentAffected({
  case: { id, number, title },
  dates,
}: RecountPreview['affected'][number]): z.input<typeof AffectedCase> {
  return { case: { id, number, title }, dates: dates.map(presentMoved) };
}

function presentMoved({ of, task, name, limit, was, is, ...certainty }: EngineMovedDate): z.input<typeof MovedDate> {
  return {
    of: of ?? (task === '' ? 'handling' : 'task'),
    task: task === '' ? null : task,
    name,
    limit: limit ?? 'promise',
    was: instantOrNull(was),
    is: instantOrNull(is),
    wasProvisional: certainty.wasProvisional,
    isProvisional: certainty.isProvisional,
  };
}
