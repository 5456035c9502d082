import type { BpmnModdle } from 'bpmn-moddle';

/** Whole numbers of BPMN that run here, by their types. */
const NUMBERS = {
  'bpmn:Activity': ['bpmn:startQuantity', 'bpmn:completionQuantity'],
  'bpmn:StandardLoopCharacteristics': ['bpmn:loopMaximum'],
};

/** Has these numbers read as text: as numbers the reader would cut `1.5` to 1 without a word, before any rule sees it. */
export function readNumbersAsWritten({ registry }: BpmnModdle): void {
  for (const [type, properties] of Object.entries(NUMBERS))
    for (const property of properties) registry.typeMap[type]!.propertiesByName[property]!.type = 'String';
}
