import mongoose from 'mongoose';
import type { CommandEvent } from '../../engine/store/mongo/driver.ts';

/** What was sent to a server of MongoDB: it does not depend on how fast that server is. */
export interface Traffic {
  /** How often one waited for the server: the longest chain of commands each of which began when the one before had its answer. */
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
  /** Before an answer, and what follows it: nobody waits for that. */
  const counted = nothing();
  const after = nothing();
  /** Of commands that are under way: how many waits they make. */
  const underWay = new Map<number, number>();
  /** The longest chain that has its answer. */
  let answered = 0;
  const following = new Set<number>();
  const watch = (event: CommandEvent) => {
    if ('command' in event) {
      const follows = isClearing(event);
      const of = follows ? after : counted;
      if (follows) following.add(event.requestId);
      else {
        underWay.set(event.requestId, answered + 1);
        counted.waits = Math.max(counted.waits, answered + 1);
      }
      of.commands++;
      of.bytes += size(event.command);
      of.names.push(`${event.commandName} ${String(event.command[event.commandName])}`);
    } else {
      const follows = following.delete(event.requestId);
      answered = Math.max(answered, underWay.get(event.requestId) ?? 0);
      underWay.delete(event.requestId);
      if ('reply' in event && event.reply) (follows ? after : counted).bytes += size(event.reply);
    }
  };
  return {
    watch,
    /** What was sent before `work` was done, when all that came before it has come to rest. */
    async measured(work: () => Promise<unknown>): Promise<Traffic> {
      await begin();
      await work();
      return { ...counted };
    },
    /** All that was sent for it, also after it was answered. */
    async measuredWhole(work: () => Promise<unknown>): Promise<Traffic> {
      await begin();
      await work();
      await settled();
      return {
        waits: counted.waits,
        commands: counted.commands + after.commands,
        bytes: counted.bytes + after.bytes,
        names: [...counted.names, ...after.names],
      };
    },
  };

  async function begin(): Promise<void> {
    await settled();
    answered = 0;
    Object.assign(counted, nothing());
    Object.assign(after, nothing());
  }

  /** Nothing is under way, and for a while nothing has begun. */
  async function settled(): Promise<void> {
    const all = () => counted.commands + after.commands;
    for (let before = -1; before !== all() || underWay.size + following.size > 0;) {
      before = all();
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Gives an answer free that a write held, or takes what is in place off the list of what a case still has to hand on. */
function isClearing({ commandName, command }: CommandEvent & { command: Record<string, unknown> }): boolean {
  if (commandName !== 'update') return false;
  const updates = command.updates as { u: { $pull?: object; $unset?: { hold?: '' } } }[];
  if (command.update === 'receipts') return updates.every(({ u }) => u.$unset?.hold !== undefined);
  return command.update === 'cases' && updates.every(({ u }) => u.$pull !== undefined);
}
