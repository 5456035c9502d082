import mongoose from 'mongoose';
import type { CommandEvent } from '../../engine/store/mongo/driver.ts';

/** What was sent to a server of MongoDB: it does not depend on how fast that server is. */
export interface Traffic {
  /** How often one waited for the server: commands under way together are one wait. */
  waits: number;
  commands: number;
  /** BSON, both ways, without the frames of the wire protocol. */
  bytes: number;
  /** Command and collection, in order. */
  names: string[];
}

const size = (document: unknown) => mongoose.mongo.BSON.calculateObjectSize(document as object);

/** Counts traffic by listening to the driver: hand `watch` to the store. */
export function roundTrips() {
  const nothing = (): Traffic => ({ waits: 0, commands: 0, bytes: 0, names: [] });
  const counted = nothing();
  let underWay = 0;
  /** Nobody waits for these: they follow an answer. */
  const following = new Set<number>();
  const watch = (event: CommandEvent) => {
    if ('command' in event) {
      if (isClearing(event)) following.add(event.requestId);
      else if (underWay++ === 0) counted.waits++;
      counted.commands++;
      counted.bytes += size(event.command);
      counted.names.push(`${event.commandName} ${String(event.command[event.commandName])}`);
    } else {
      if (!following.delete(event.requestId)) underWay--;
      if ('reply' in event && event.reply) counted.bytes += size(event.reply);
    }
  };
  return {
    watch,
    counted,
    /** What was sent while `work` was done, when all that came before has come to rest. */
    async measured(work: () => Promise<unknown>): Promise<Traffic> {
      await settled();
      Object.assign(counted, nothing());
      await work();
      return { ...counted };
    },
    /** All that was sent for it, also after it was answered. */
    async measuredWhole(work: () => Promise<unknown>): Promise<Traffic> {
      await settled();
      Object.assign(counted, nothing());
      await work();
      await settled();
      return { ...counted };
    },
  };

  /** Nothing is under way, and for a while nothing has begun. */
  async function settled(): Promise<void> {
    for (let before = -1; before !== counted.commands || underWay + following.size > 0;) {
      before = counted.commands;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Takes what is in place off the list of what a case still has to hand on. */
function isClearing({ commandName, command }: CommandEvent & { command: Record<string, unknown> }): boolean {
  if (commandName !== 'update' || command.update !== 'cases') return false;
  return (command.updates as { u: { $pull?: object } }[]).every(({ u }) => u.$pull !== undefined);
}
