import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { Trouble, type Run } from './run.ts';
import type { Token } from './state.ts';

/** What a job's topic and tries are in this case, where the model computes them. */
export interface JobTerms {
  topic?: string;
  retries?: number;
}

/** Troubles `job.bad_topic`, `job.bad_retries`. */
export function jobTerms(run: Run, node: Node, variables: JsonObject): JobTerms {
  const { topicExpression, retriesExpression } = node.job!;
  const terms: JobTerms = {};
  if (topicExpression) {
    const topic = run.evaluate(topicExpression, variables).value;
    if (typeof topic !== 'string' || topic === '' || topic.length > 200)
      throw new Trouble(
        'job.bad_topic',
        `Expected '${topicExpression.text}' to give a topic, but it gave ${JSON.stringify(topic).slice(0, 200)}`,
      );
    terms.topic = topic;
  }
  if (retriesExpression) {
    const retries = Number(run.evaluate(retriesExpression, variables).value);
    if (!Number.isInteger(retries) || retries < 1 || retries > 100)
      throw new Trouble(
        'job.bad_retries',
        `Expected '${retriesExpression.text}' to give a number of tries from 1 to 100, but it gave ${retries}`,
      );
    terms.retries = retries;
  }
  return terms;
}

/** Tells the outside that the token's work has to be done. */
export function createJob(run: Run, node: Node, token: Token, terms: JobTerms): void {
  const sent = token.sent !== undefined && { sent: token.sent };
  run.effects.push({ type: 'create-job', token: token.id, node: node.id, work: token.work!, ...terms, ...sent });
}
