import type { Running } from './compose.ts';
import { tour } from './demo/tour.ts';
import { VERSION } from './version.ts';

/** What the console says once the server answers. */
export function banner({ address, house, demo }: Running): string {
  const { config, store, queue, directory } = house;
  const lines = [
    `OneVisit 一次办 ${VERSION} · ${address}`,
    `${config.mode === 'demo' ? '演示模式 demo mode' : '生产模式 production mode'} · store: ${store.description} · queue: ${queue()} · roles: ${config.roles.join(', ')} · data: ${config.dataDir}`,
  ];
  if (demo && config.roles.includes('api')) {
    const accounts = directory.people.map(({ id, name, title }) => `  ${id.padEnd(18)} ${name} ${title}`);
    lines.push(
      '角色 roles (POST /api/session {"person": id}):',
      ...accounts,
      `API token (integrator): ${demo.integratorToken}`,
    );
    lines.push('试一试 a short tour (in the folder of the clone):', ...tour(address).map((line) => `  ${line}`));
    lines.push(`API: ${address}/api/docs`);
  }
  return lines.join('\n');
}
