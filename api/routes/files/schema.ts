import { z } from 'zod';

export const StoredFile = z
  .object({
    id: z.string().describe('Id; put it into the form data'),
    name: z.string().describe('File name'),
    size: z.number().int().describe('Bytes'),
    type: z.string().describe('Media type'),
  })
  .meta({ id: 'StoredFile', description: 'An uploaded file' });
export type StoredFile = z.infer<typeof StoredFile>;
