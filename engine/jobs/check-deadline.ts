import { act } from '../cases/act.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';

/** Records that a promise is about to pass, later that it has passed. Lights themselves are computed when they are shown. */
export async function checkDeadline(deps: CaseDeps, job: JobRow): Promise<void> {
  const { light, yellowAt, dueAt } = job.payload;
  const next: JobRow = {
    ...job,
    dueAt: Number(dueAt),
    attempts: 0,
    owner: null,
    leaseUntil: 0,
    fence: 0,
    payload: { ...job.payload, light: 'red' },
  };
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
          data: { yellowAt: yellowAt ?? null, dueAt: dueAt ?? null },
        },
      ],
      effects: [],
      deadlines: light === 'red' ? [] : [next],
    }),
    result: () => undefined,
  });
}
