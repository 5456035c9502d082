import { Rejection } from '../../kernel/rejection.ts';
import { closedRejection, unavailableRejection } from '../refusals.ts';
import { MongoError, MongooseError, MongoServerError } from './driver.ts';

const TOO_LARGE = new Set([10334, 17280, 17419, 17420]);

/** `store.unavailable` for trouble of server and network, `case.too_large`; a mistake of the caller stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof MongoError || error instanceof MongooseError)) return error;
  if (error.name === 'MongoClientClosedError' || error.name === 'MongoNotConnectedError') return closedRejection();
  if (error instanceof MongoServerError && TOO_LARGE.has(Number(error.code))) return tooLarge();
  return unavailableRejection(`MongoDB says: ${error.message}`);
}

/** `case.too_large`: MongoDB keeps at most 16 MB in one document. */
export function tooLarge(): Rejection {
  return new Rejection('too-large', 'case.too_large', 'Expected a case of less than 15 MB, but it is larger');
}
