import { pause, type Fault } from './fault.ts';

/** SIGSTOP of any node for so many ms: a zombie, when it is longer than a lease. */
export function freezeNode(ms: number): Fault {
  return async ({ nodes, disturbed }, _run, chance) => {
    const victim = nodes[Math.floor(chance() * nodes.length)]!;
    victim.signal('SIGSTOP');
    await pause(ms);
    victim.signal('SIGCONT');
    disturbed.push(Date.now());
    return `a node stood still for ${ms / 1_000} s`;
  };
}
