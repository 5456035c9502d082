import type { JsonObject } from '../../../engine/kernel/json.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import { instant } from '../present.ts';
import { nothing, ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import { ExternalJobs, JobCompletion, JobError, JobExtension, JobFailure, JobFetch } from './schema.ts';
import { route } from '../../http/route.ts';

export const jobRoutes = [
  route({
    method: 'post',
    path: '/jobs/fetch-and-lock',
    operationId: 'fetchJobs',
    summary: 'Fetch work',
    description: 'Leases jobs of the given topics to the worker. Nobody else gets them while the lease holds.',
    permission: 'jobs.work',
    body: JobFetch,
    responses: { 200: ExternalJobs },
    handler: async ({ body }, { engine }) => {
      const jobs = await engine.fetchJobs({
        worker: body.worker,
        topics: body.topics,
        max: body.maxJobs,
        leaseMs: body.lockMs,
      });
      return ok(
        jobs.map(({ node, leaseUntil, ...job }) => ({ ...job, element: node, leaseUntil: instant(leaseUntil) })),
      );
    },
  }),
  route({
    method: 'post',
    path: '/jobs/:id/complete',
    operationId: 'completeJob',
    summary: 'The work is done',
    description: 'Hands the results to the case and moves it on. 409 `job.lease_lost` when the lease ran out.',
    permission: 'jobs.work',
    params: IdParams,
    body: JobCompletion,
    responses: { 204: null },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, { engine }) => {
      await engine.completeJob(
        { jobId: params.id, fence: body.fence, variables: body.variables as JsonObject },
        actorOf(viewer),
        receipts.keep(204, () => null),
      );
      return nothing();
    },
  }),
  route({
    method: 'post',
    path: '/jobs/:id/fail',
    operationId: 'failJob',
    summary: 'The work failed',
    description: 'Tried again later, with growing pauses; after the last attempt an incident opens.',
    permission: 'jobs.work',
    params: IdParams,
    body: JobFailure,
    responses: { 204: null },
    problems: [404],
    handler: async ({ params, body, viewer }, { engine }) => {
      await engine.failJob({ jobId: params.id, ...body }, actorOf(viewer));
      return nothing();
    },
  }),
  route({
    method: 'post',
    path: '/jobs/:id/extend',
    operationId: 'extendJob',
    summary: 'More time',
    description: 'Extends the lease.',
    permission: 'jobs.work',
    params: IdParams,
    body: JobExtension,
    responses: { 204: null },
    problems: [404],
    handler: async ({ params, body }, { engine }) => {
      await engine.extendJob({ jobId: params.id, fence: body.fence, leaseMs: body.lockMs });
      return nothing();
    },
  }),
  route({
    method: 'post',
    path: '/jobs/:id/error',
    operationId: 'throwJobError',
    summary: 'A business error',
    description: 'Taken by an error boundary event of the model; without one an incident opens.',
    permission: 'jobs.work',
    params: IdParams,
    body: JobError,
    responses: { 204: null },
    problems: [404],
    handler: async ({ params, body, viewer, receipts }, { engine }) => {
      await engine.throwJobError(
        { jobId: params.id, ...body, variables: body.variables as JsonObject },
        actorOf(viewer),
        receipts.keep(204, () => null),
      );
      return nothing();
    },
  }),
];
