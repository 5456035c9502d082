import type { JsonValue } from '../kernel/json.ts';

/** How service tasks reach the world. Each connector answers JSON or throws: a throw is a failed try. */
export interface Connectors {
  http(request: HttpRequest): Promise<JsonValue>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: JsonValue;
  readonly idempotencyKey: string;
  readonly headers?: Readonly<Record<string, string>>;
}
