import type { Connectors } from '../../engine/connectors/port.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { NoticeChannel } from './notice.ts';

/**
 * Hands every notice to a system of the city (SMS gateway, office messenger) as JSON, with the notice's id as
 * Idempotency-Key. Any status below 300 takes it.
 */
export function noticeWebhook(
  http: Connectors['http'],
  { url, token }: { url: string; token?: string | undefined },
): NoticeChannel {
  return {
    async send(notice) {
      await http({
        method: 'POST',
        url,
        body: { ...notice, at: new Date(notice.at).toISOString() } as unknown as JsonObject,
        idempotencyKey: notice.id,
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      });
    },
  };
}
