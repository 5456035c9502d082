import { builtin } from './builtin.ts';
import type { Builtins } from './builtin.ts';

function scaled(round: (n: number) => number, n: number, scale = 0): number {
  const factor = 10 ** scale;
  const result = round(n * factor) / factor;
  return Number.isNaN(result) ? n : result;
}

const awayFromZero = (n: number) => (n > 0 ? Math.ceil(n) : Math.floor(n));

function half(n: number, scale: number, atHalf: (n: number) => number): number {
  return Math.abs((n * 10 ** scale) % 1) === 0.5 ? scaled(atHalf, n, scale) : scaled(Math.round, n, scale);
}

function toEven(n: number): number {
  const low = Math.floor(n);
  return n - low === 0.5 ? (low % 2 === 0 ? low : low + 1) : Math.round(n);
}

type OneNumber = [number];
type WithScale = [number, number];

/** DMN 1.3, 10.3.4.5. */
export const numbers: Builtins = {
  decimal: builtin('n: number, scale: number', ([n, scale]: WithScale) => scaled(toEven, n, scale)),
  floor: builtin('n: number, scale: number?', ([n, scale]: [number, number?]) => scaled(Math.floor, n, scale)),
  ceiling: builtin('n: number, scale: number?', ([n, scale]: [number, number?]) => scaled(Math.ceil, n, scale)),
  'round up': builtin('n: number, scale: number', ([n, scale]: WithScale) => scaled(awayFromZero, n, scale)),
  'round down': builtin('n: number, scale: number', ([n, scale]: WithScale) => scaled(Math.trunc, n, scale)),
  'round half up': builtin('n: number, scale: number', ([n, scale]: WithScale) => half(n, scale, awayFromZero)),
  'round half down': builtin('n: number, scale: number', ([n, scale]: WithScale) => half(n, scale, Math.trunc)),
  abs: builtin('n: number', ([n]: OneNumber) => Math.abs(n)),
  modulo: builtin('dividend: number, divisor: number', ([a, b]: WithScale) =>
    b === 0 ? undefined : Math.round((((a % b) + b) % b) * 1e9) / 1e9,
  ),
  sqrt: builtin('number: number', ([n]: OneNumber) => (n < 0 ? undefined : Math.sqrt(n))),
  log: builtin('number: number', ([n]: OneNumber) => (n <= 0 ? undefined : Math.log(n))),
  exp: builtin('number: number', ([n]: OneNumber) => Math.exp(n)),
  odd: builtin('number: number', ([n]: OneNumber) => Math.abs(n) % 2 === 1, { decides: true }),
  even: builtin('number: number', ([n]: OneNumber) => Math.abs(n) % 2 === 0, { decides: true }),
};
