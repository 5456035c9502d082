export { Item } from './item.ts';
export { loadPackages } from './load-packages.ts';
export type { Package } from './load-packages.ts';
