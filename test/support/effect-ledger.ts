import type { CaseState, Command, Effect } from '../../engine/core/index.ts';

/** What the outside holds for a case when it does as the effects say: one line for each task, job, timer and the like. */
export class EffectLedger {
  private readonly lines = new Set<string>();

  /** Answers what was wrong: opened twice, or taken back without being there. */
  apply(effects: readonly Effect[], command: Command): string[] {
    const faults: string[] = [];
    // a case that has ended is not called back
    if ('work' in command && command.type !== 'escalate-call')
      this.lines.delete(`call ${command.token} ${command.work}`);
    for (const effect of effects) {
      const line = lineOf(effect);
      if (!line) continue;
      if (line.opens === this.lines.has(line.text)) faults.push(`${effect.type} ${line.text}`);
      if (line.opens) this.lines.add(line.text);
      else this.lines.delete(line.text);
    }
    return faults;
  }

  /** Lines for which no token waits, and tokens that wait without a line. */
  differences(state: CaseState): string[] {
    const due = new Set<string>();
    for (const { id, wait, work, armed, incident } of Object.values(state.tokens)) {
      if (wait === 'task') due.add(`task ${id}`);
      if (wait === 'job' || wait === 'continue') due.add(`job ${id} ${work}`);
      if (wait === 'case') due.add(`call ${id} ${work}`);
      if (incident) due.add(`incident ${id}`);
      for (const [key, event] of Object.entries(armed ?? {})) {
        if (event.done) continue;
        if (event.type === 'timer') {
          if (event.dueAt !== null) due.add(`timer ${id} ${key} ${event.dueAt}`);
        } else if (event.type === 'message' || event.type === 'signal') due.add(`subscription ${id} ${key}`);
      }
    }
    return [
      ...[...this.lines].filter((line) => !due.has(line)).map((line) => `left behind: ${line}`),
      ...[...due].filter((line) => !this.lines.has(line)).map((line) => `missing: ${line}`),
    ];
  }
}

function lineOf(effect: Effect): { opens: boolean; text: string } | undefined {
  switch (effect.type) {
    case 'open-task':
    case 'close-task':
      return { opens: effect.type === 'open-task', text: `task ${effect.token}` };
    case 'create-job':
    case 'create-continuation':
    case 'remove-job':
      return { opens: effect.type !== 'remove-job', text: `job ${effect.token} ${effect.work}` };
    case 'call-case':
    case 'cancel-call':
      return { opens: effect.type === 'call-case', text: `call ${effect.token} ${effect.work}` };
    case 'arm-timer':
    case 'disarm-timer':
      return { opens: effect.type === 'arm-timer', text: `timer ${effect.token} ${effect.event} ${effect.dueAt}` };
    case 'subscribe':
    case 'unsubscribe':
      return { opens: effect.type === 'subscribe', text: `subscription ${effect.token} ${effect.event}` };
    case 'open-incident':
    case 'resolve-incident':
      return { opens: effect.type === 'open-incident', text: `incident ${effect.token}` };
    default:
      return undefined;
  }
}
