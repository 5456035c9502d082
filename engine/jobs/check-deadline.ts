import { act } from '../cases/act.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { deadlineJob } from '../cases/rows.ts';
import type { JobRow } from '../store/ports.ts';

/** Records that a promise is about to pass, later that it has passed. Lights themselves are computed when they are shown. */
export async function checkDeadline(deps: CaseDeps, job: JobRow): Promise<void> {
  const { light, of } = job.payload;
  const due = { yellowAt: Number(job.payload.yellowAt), dueAt: Number(job.payload.dueAt) };
  await act(deps, {
    caseId: job.caseId,
    actor: SYSTEM,
    fence: { jobId: job.id, fence: job.fence },
    decide: (row) => ({
      state: row.state,
      events: [
        {
          type: light === 'red' ? 'deadline.passed' : 'deadline.near',
          ...(job.node !== '' && { node: job.node, token: job.token }),
          data: due,
        },
      ],
      effects: [],
      deadlines: light === 'red' ? [] : [deadlineJob({ ...job, id: of as string }, due, deps.clock.now())],
    }),
    result: () => undefined,
  });
}
