import type { Light } from '../../shared/contract.ts';

export const lights: readonly Light[] = ['red', 'yellow', 'green'];

const shapes = { green: '●', yellow: '▲', red: '■', none: '○' } as const;

export function lightShape(light: Light | null | undefined): string {
  return shapes[light ?? 'none'];
}
