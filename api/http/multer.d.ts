/** The part of multer we use; it ships no types. */
declare module 'multer' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Part {
    fieldname: string;
    originalname: string;
    mimetype: string;
    buffer: Buffer;
  }

  interface Multer {
    fields(
      fields: { name: string; maxCount: number }[],
    ): (
      request: IncomingMessage & { files?: Record<string, Part[]> },
      response: ServerResponse,
      next: (error?: unknown) => void,
    ) => void;
  }

  interface Options {
    storage: unknown;
    defParamCharset: string;
    limits: Record<string, number>;
  }

  export class MulterError extends Error {
    code: string;
  }

  const multer: {
    (options: Options): Multer;
    memoryStorage(): unknown;
    MulterError: typeof MulterError;
  };
  export default multer;
  export type { Part };
}
