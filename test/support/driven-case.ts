import type { CaseRow } from '../../engine/index.ts';
import type { Command } from '../../engine/core/index.ts';
import { auditedOffice } from './audited-office.ts';
import { bpmn, chain } from './bpmn.ts';
import { LI } from './office.ts';
import { nextOf, possibleCommands } from './random-walk.ts';

/** What is called, and who takes the messages that are sent. */
const AROUND = [
  bpmn('<startEvent id="s"/><endEvent id="e"/>' + chain('s', 'e'), { id: 'Other' }),
  bpmn(`<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="e"/>${chain('s', 'e')}`, {
    id: 'Told',
    roots: '<message id="m" name="told"/>',
  }),
];

/** A case that is driven from outside, as its handlers, workers and clock would; its books are looked through each time. */
export async function openCase(xml: string) {
  const desk = auditedOffice({ connectors: { http: () => Promise.resolve({}) } });
  for (const process of AROUND) await desk.deploy(process);
  const { id } = await desk.open(xml);

  const check = () => desk.check(id);
  const perform = async (command: Command, row: CaseRow): Promise<void> => {
    switch (command.type) {
      case 'complete-task': {
        const taskId = `${id}.${command.token}`;
        if (row.state.tokens[command.token]!.assignee === undefined) await desk.engine.claimTask(taskId, LI);
        await desk.engine.completeTask({ taskId, variables: {} }, LI);
        return;
      }
      case 'complete-job': {
        const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['work'], max: 1, leaseMs: 1_000 });
        if (job) await desk.engine.completeJob({ jobId: job.id, fence: job.fence, variables: {} }, LI);
        else await desk.pass(1_000);
        return;
      }
      case 'deliver-message': {
        const armed = row.state.tokens[command.token]!.armed![command.event]!;
        if (armed.type !== 'message') throw new Error(`expected a message at '${command.event}'`);
        await desk.engine.correlateMessage({ name: armed.name, key: null, variables: {} }, LI);
        return;
      }
      case 'deliver-signal':
        await desk.engine.broadcastSignal({ name: command.name, variables: {} }, LI);
        await desk.pass(0);
        return;
      case 'activate-ad-hoc':
        await desk.engine.activateAdHoc({ caseId: id, token: command.token, activities: [...command.activities] }, LI);
        return;
      case 'complete-ad-hoc':
        await desk.engine.completeAdHoc({ caseId: id, token: command.token }, LI);
        return;
      case 'deem-consent': {
        const { dueAt } = (await desk.store.findTask(`${id}.${command.token}`))!;
        await desk.pass(Math.max(0, (dueAt ?? 0) - desk.clock.now()));
        return;
      }
      case 'fire-timer': {
        const armed = row.state.tokens[command.token]!.armed![command.event]!;
        await desk.pass(armed.type === 'timer' ? Math.max(0, armed.dueAt! - desk.clock.now()) : 0);
        return;
      }
      default:
        // what the engine does by itself: save points, called cases, messages that are sent
        await desk.pass(0);
    }
  };
  return {
    ...desk,
    id,
    check,
    /** Does one thing that may happen next, or (`settle`) that the case itself waits for; false where there is none. */
    async goOn(choice: number, settle = false): Promise<boolean> {
      const row = await desk.engine.getCase(id);
      const graph = await desk.engine.getGraph(row.definitionId);
      const possible = possibleCommands(row.state, desk.clock.now(), graph).filter(
        ({ command, beside }) => (!settle || !beside) && !REPORTS.has(command.type),
      );
      const next = nextOf(possible, choice, settle);
      if (!next) return false;
      await perform(next.command, row);
      await check();
      return true;
    },
  };
}

/** What a worker or a called case says other than that it is done. */
const REPORTS: ReadonlySet<Command['type']> = new Set([
  'throw-error',
  'throw-call-error',
  'escalate-call',
  'fail-job',
  'fail-call',
  'retry',
]);
