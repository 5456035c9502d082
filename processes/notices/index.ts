export { caughtNotices, messageCatcher, recipientKey, type CaughtQuery } from './catcher.ts';
export { NOTICE_KINDS, type Notice, type NoticeChannel, type NoticeKind, type Recipient } from './notice.ts';
export { noticesOf } from './notices-of.ts';
export {
  giveUpNotice,
  listUndelivered,
  noteDelivered,
  resendNotice,
  resentBy,
  type UndeliveredNotice,
} from './undelivered.ts';
export { noticeWebhook } from './webhook.ts';
