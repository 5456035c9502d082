export interface ListedElement {
  id: string;
  /** BPMN local name, for example `userTask`. */
  type: string;
  name: string;
}

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const shown = /(Task|Event|Gateway|subProcess|transaction|callActivity|participant|^task)$/;

/** Tasks, events, gateways and containers in the order of the file: what is shown when a file has no diagram. */
export function listElements(xml: string): ListedElement[] {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return [...document.getElementsByTagNameNS(bpmn, '*')]
    .filter((element) => shown.test(element.localName) && element.hasAttribute('id'))
    .map((element) => ({
      id: element.getAttribute('id') ?? '',
      type: element.localName,
      name: element.getAttribute('name') ?? '',
    }));
}
