import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkUpload } from '../../engine/model/index.ts';

/** The rules that refuse what BPMN has and this engine does not run, and what each is about. */
const RULES = {
  'supported-element': 'Not executable here',
  'script-format': 'Scripts in other languages',
  'timer-valid': 'Timers',
  'job-work': 'Work of service, send, script and business rule tasks',
  'multi-instance-valid': 'Multi-instance',
  'known-extension': 'Extensions of other products',
};

/** What the checker answers to every invalid model of those rules: the sentence a designer gets at upload. */
export async function readRefusals(root) {
  const groups = [];
  for (const [rule, about] of Object.entries(RULES)) {
    const folder = join(root, 'test/fixtures/model', rule);
    const refusals = [];
    for (const name of readdirSync(folder).sort()) {
      if (!name.startsWith('invalid-')) continue;
      const { findings } = await checkUpload(readFileSync(join(folder, name)));
      const found = findings.find((finding) => finding.rule === rule);
      if (!found) throw new Error(`${rule}/${name}: expected a finding of its rule, but there is none`);
      refusals.push({ name: name.slice('invalid-'.length, -'.bpmn'.length), severity: found.severity, says: found.en });
    }
    groups.push({ rule, about, refusals });
  }
  return groups;
}
