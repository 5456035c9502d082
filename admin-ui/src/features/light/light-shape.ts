import type { Light } from '../../shared/contract.ts';

/** The worst first. */
export const lights: readonly Light[] = ['deepRed', 'red', 'yellow', 'green', 'grey', 'none'];

const shapes = { green: '●', yellow: '▲', red: '■', grey: '‖', deepRed: '◆', none: '○' } as const;

export function lightShape(light: Light): string {
  return shapes[light];
}
