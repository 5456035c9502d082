import type { z } from 'zod';
import type { Notice } from '../../../processes/notices/index.ts';
import { instant } from '../present.ts';
import type { Notice as Presented } from './schema.ts';

export function presentNotice({ at, ...notice }: Notice): z.input<typeof Presented> {
  return { ...notice, at: instant(at) };
}
