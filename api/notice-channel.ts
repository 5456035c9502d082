import { httpConnector } from '../engine/index.ts';
import type { Store } from '../engine/store/ports.ts';
import { messageCatcher, noticeWebhook, type NoticeChannel } from '../processes/notices/index.ts';
import type { Config } from './config.ts';

/** How notices leave this house; undefined: nobody is told, as production does until it is told where to send them. */
export function noticeChannel(
  { mode, noticeUrl: url, noticeToken: token }: Pick<Config, 'mode' | 'noticeUrl' | 'noticeToken'>,
  store: Store,
): NoticeChannel | undefined {
  if (url !== undefined) return noticeWebhook(httpConnector({ allowedHosts: [new URL(url).host] }), { url, token });
  return mode === 'demo' ? messageCatcher(store) : undefined;
}

/** Notices stay here, to be read on the page of the catcher. */
export function catchesNotices({ mode, noticeUrl }: Pick<Config, 'mode' | 'noticeUrl'>): boolean {
  return mode === 'demo' && noticeUrl === undefined;
}

/** Notices are written and sent, here or away. */
export function sendsNotices({ mode, noticeUrl }: Pick<Config, 'mode' | 'noticeUrl'>): boolean {
  return mode === 'demo' || noticeUrl !== undefined;
}
