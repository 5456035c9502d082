import type { Person } from '../../../processes/directory/index.ts';
import { findOrder, maySeeOrder, orderNotFound, type Order } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';

/** An order, for who may see it. `order.not_found`, also where there is one but not for this person. */
export async function getVisibleOrder(house: House, number: string, viewer: Person): Promise<Order> {
  const order = await findOrder(house, number);
  if (!order || !maySeeOrder(viewer, order)) throw orderNotFound(number);
  return order;
}
