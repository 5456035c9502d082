import type { ClockLight, Light } from '../../shared/contract.ts';

export const lights: readonly Light[] = ['red', 'yellow', 'green'];

const shapes = { green: '●', yellow: '▲', red: '■', grey: '‖', deepRed: '◆', none: '○' } as const;

export function lightShape(light: ClockLight | null | undefined): string {
  return shapes[light ?? 'none'];
}
