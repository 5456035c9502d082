import { describe } from '@jest/globals';

/**
 * The tests of one BPMN element, and with them its row in docs/bpmn.md (`npm run conformance` writes that table from the
 * results). `section` is the part of BPMN 2.0.2 that the tests follow, for example '10.5.6'.
 */
export function element(name: string, section: string, tests: () => void): void {
  describe(`${name} [BPMN 2.0.2 §${section}]`, tests);
}

/** How far BPMN and this engine realise a workflow control-flow pattern. */
export type Realised = 'yes' | 'partly' | 'no';

/** The tests of one workflow control-flow pattern (van der Aalst et al., 1–43), and its row in docs/bpmn.md. */
export function pattern(number: number, name: string, realised: Realised, how: string, tests: () => void): void {
  describe(`Pattern ${number}: ${name} [${realised}] ${how}`, tests);
}
