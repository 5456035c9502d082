import type { Running } from './compose.ts';
import { VERSION } from './version.ts';

/** What the console says once the server answers. */
export function banner({ address, house, demo }: Running): string {
  const { config, store, queue, directory } = house;
  const lines = [
    `OneVisit 一次办 ${VERSION} · ${address}`,
    `${config.mode === 'demo' ? '演示模式 demo mode' : '生产模式 production mode'} · store: ${store.description} · queue: ${queue} · data: ${config.dataDir}`,
  ];
  if (demo) {
    const accounts = directory.people.map(({ id, name, title }) => `  ${id.padEnd(18)} ${name} ${title}`);
    lines.push(
      '角色 roles (POST /api/session {"person": id}):',
      ...accounts,
      `API token (integrator): ${demo.integratorToken}`,
    );
    lines.push(...tour(address));
  }
  return lines.join('\n');
}

/** The main job from a terminal. The README shows the same lines. */
function tour(address: string): string[] {
  const json = "-H 'content-type: application/json'";
  return [
    '试一试 a short tour:',
    `  curl -s -c chen ${json} -d '{"person":"applicant-chen"}' ${address}/api/session`,
    `  curl -s -b chen '${address}/api/cases?limit=3'`,
    `  curl -s -c zhou ${json} -d '{"person":"window-zhou"}' ${address}/api/session`,
    `  curl -s -b zhou ${address}/api/tasks`,
    `  API: ${address}/api/docs`,
  ];
}
