import { closedRejection } from '../refusals.ts';
import type { CommitResult } from '../ports.ts';
import { Channel } from './channel.ts';
import { Session, type SessionOptions } from './session.ts';
import type { Connection } from './thread.ts';

/** A session in the calling thread: each disk sync holds the event loop. For tools and tests that need no server. */
export function connectInline(options: SessionOptions): Connection {
  const session = new Session(options);
  const channel: Channel = new Channel((calls) => session.answer(calls, (replies) => channel.receive(replies)));
  let end: () => void;
  const gone = new Promise<void>((resolve) => (end = resolve));
  let open = true;
  return {
    driver: session.driver,
    channel,
    commit: (_commit, operation) => channel.callText(operation) as Promise<CommitResult>,
    gone,
    close: () => {
      if (open) {
        open = false;
        channel.finish();
        session.close();
        channel.fail(closedRejection());
        end();
      }
      return gone;
    },
  };
}
