import { describe, expect, it } from '@jest/globals';
import { juelToFeel } from '../../../engine/model/juel.ts';

describe('simple JUEL becomes FEEL', () => {
  it.each([
    ['${approved}', 'approved'],
    ['#{applicant.name}', 'applicant . name'],
    ['${amount >= 100 && region == "east"}', 'amount >= 100 and region = "east"'],
    ["${result eq 'ok' || !urgent}", 'result = "ok" or not(urgent)'],
    ['${nrOfCompletedInstances / nrOfInstances > 0.5}', 'nrOfCompletedInstances / nrOfInstances > 0.5'],
    ['${(a or b) and c != null}', '( a or b ) and c != null'],
    ['${审核结论 == "通过"}', '审核结论 = "通过"'],
  ])('%s', (juel, feel) => {
    expect(juelToFeel(juel)?.replaceAll(' . ', '.')).toBe(feel.replaceAll(' . ', '.'));
  });

  it.each([
    ['a method call', '${execution.getVariable("a")}'],
    ['a call on a result', '${!bean.check()}'],
    ['a blank before the call', '${bean.check ()}'],
    ['text around', 'Dear ${name}'],
    ['two expressions', '${a}${b}'],
    ['nothing', '${}'],
    ['empty', '${empty list}'],
    ['a ternary', '${a ? 1 : 2}'],
    ['an index', '${list[0]}'],
    ['an escape', "${a == 'it\\'s'}"],
  ])('%s is refused', (_, juel) => {
    expect(juelToFeel(juel)).toBeUndefined();
  });
});
