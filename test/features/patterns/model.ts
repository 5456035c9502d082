import { bpmn } from '../../support/bpmn.ts';

/** Start `s`, end `e`, and a user task for each of the names; the rest as written. */
export function model(tasks: string, rest: string, roots = ''): string {
  const users = tasks.split(' ').filter(Boolean);
  return bpmn(`<startEvent id="s"/><endEvent id="e"/>${users.map((id) => `<userTask id="${id}"/>`).join('')}${rest}`, {
    roots,
  });
}

export const parallel = (...ids: string[]): string => ids.map((id) => `<parallelGateway id="${id}"/>`).join('');
export const exclusive = (id: string, fallback = ''): string =>
  `<exclusiveGateway id="${id}" ${fallback && `default="${id}-${fallback}"`}/>`;
export const inclusive = (id: string, fallback = ''): string =>
  `<inclusiveGateway id="${id}" ${fallback && `default="${id}-${fallback}"`}/>`;
export const message = (ref: string): string => `<messageEventDefinition messageRef="${ref}"/>`;
export const news = '<message id="news" name="news"/>';
export const boundary = (id: string, on: string, definition: string, attributes = ''): string =>
  `<boundaryEvent id="${id}" attachedToRef="${on}" ${attributes}>${definition}</boundaryEvent>`;
export const instances = (inside: string, attributes = ''): string =>
  `<multiInstanceLoopCharacteristics ${attributes}>${inside}</multiInstanceLoopCharacteristics>`;

/** A gateway that goes on when its condition over `activationCount` holds, and takes in what comes later. */
export const complex = (id: string, condition: string): string =>
  `<complexGateway id="${id}"><activationCondition>${condition.replaceAll('>', '&gt;')}</activationCondition></complexGateway>`;
