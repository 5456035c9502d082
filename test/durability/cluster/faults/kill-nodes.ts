import { pause, type Fault } from './fault.ts';

/** SIGKILL of any node at any time, `kills` times, now and then until none is left. */
export function killNodes(kills: number): Fault {
  return async ({ nodes }, { pace }, chance) => {
    const booting = new Map<number, Promise<void>>();
    for (let kill = 1; kill <= kills; kill++) {
      if (booting.size > 0 && booting.size >= nodes.length - 1 && (booting.size === nodes.length || chance() < 0.8))
        await Promise.race(booting.values());
      let victim = Math.floor(chance() * nodes.length);
      while (booting.has(victim)) victim = (victim + 1) % nodes.length;
      await nodes[victim]!.kill();
      const boot = nodes[victim]!.boot().then(() => void booting.delete(victim));
      boot.catch(() => undefined); // it stays there, and fails whoever waits for one
      booting.set(victim, boot);
      // it is the only one: nobody works until it is back
      if (nodes.length === 1) await boot;
      await pause(pace * (0.5 + chance()));
    }
    await Promise.all(booting.values());
    return `${kills} kills`;
  };
}
