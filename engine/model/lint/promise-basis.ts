import { owners } from './check-limit.ts';
import { numberOf } from './promise-parts.ts';
import { defineRule } from './rule.ts';

/** Who is held to a promise, and who relies on it, can look up where it is written. Told once for all that say nothing of it. */
export const rule = defineRule('promise-basis', (context, report) => {
  const silent = owners(context).filter(({ limit }) => limit && numberOf(limit) !== undefined && !limit.basis?.trim());
  const [first, ...others] = silent;
  if (!first) return;
  report.warning(
    first.id,
    `${first.zh}${others.length > 0 ? `等 ${silent.length} 处` : ''}的承诺时限没有写明依据（ov:basis）：应写明公布该承诺的文件`,
    `The promise of ${first.en}${others.length > 0 ? `, and ${others.length} more,` : ''} names no basis (ov:basis): state the paper that publishes it`,
    others.map(({ id }) => id),
  );
});
