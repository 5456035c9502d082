import { actorOf } from '../../../processes/casework/index.ts';
import { route } from '../../http/route.ts';
import { sentenceOf } from '../../http/sentences/index.ts';
import { BY_START, cursorOf, readCursor } from '../page.ts';
import { KeyParams } from '../items/schema.ts';
import { ok } from '../reply.ts';
import { IdParams } from '../vocabulary.ts';
import {
  CaseMigration,
  CaseMigrationPlan,
  Migration,
  MigrationPlan,
  MigrationResults,
  MigrationTrial,
  VersionsTrial,
} from './migration-schema.ts';
import { presentPlanned } from './present-migration.ts';
import { casePresenter } from './present.ts';
import { CaseBrief } from './schema.ts';
import { getRepairableCase, getVisibleCase } from './visible-case.ts';

export const migrationRoutes = [
  route({
    method: 'post',
    path: '/cases/:id/migration/plan',
    operationId: 'planCaseMigration',
    summary: 'What migrating a case would do',
    description: 'Where each element goes, what would be lost and what changes. Changes nothing.',
    permission: 'cases.repair',
    params: IdParams,
    body: MigrationTrial,
    responses: { 200: CaseMigrationPlan },
    problems: [404],
    handler: async ({ params, body, viewer }, house) => {
      const { row } = await getVisibleCase(house, params.id, viewer);
      const plan = await house.engine.planCaseMigration({ caseId: row.id, ...body });
      const target = await house.engine.getGraph(`${row.definitionKey}:${body.version}`);
      const lost = plan.blocking.filter(({ code }) => code === 'compensation_lost');
      return ok({
        rev: plan.rev,
        possible: plan.blocking.length === 0,
        elements: plan.elements.map((planned) =>
          presentPlanned(
            {
              ...planned,
              problems: [...planned.problems, ...lost.filter(({ element }) => element === planned.element)],
            },
            plan.tokens[planned.element] ?? 0,
          ),
        ),
        targets: Object.values(target.nodes).map(({ id, name, kind }) => ({ element: id, name: name || id, kind })),
      });
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/migration',
    operationId: 'migrateCase',
    summary: 'Take a case to another version',
    description:
      'What waits needs a place of the same kind in the new version. Timers keep their due dates, tasks their holder and age; limits are counted from the same start by the new rules. Refused with `migration.state_would_be_lost` (details.problems), and with `migration.extension_of_other_unit` where an extension was approved in another unit than the new limit, as its plan is. Recorded with the reason.',
    permission: 'cases.repair',
    params: IdParams,
    body: CaseMigration,
    responses: { 200: CaseBrief },
    problems: [403, 404],
    handler: async ({ params, body, viewer, receipts }, house) => {
      const row = await getRepairableCase(house, params.id, viewer);
      const present = await casePresenter(house, row, viewer);
      const { rev, ...migration } = body;
      const migrate = { caseId: row.id, ...migration, ...(rev !== undefined && { expectedRev: rev }) };
      return ok(present(await house.engine.migrateCase(migrate, actorOf(viewer), receipts.keep(200, present))));
    },
  }),
  route({
    method: 'post',
    path: '/definitions/:key/migration-plan',
    operationId: 'planMigration',
    summary: 'What migrating from one version to another would do',
    description: 'Looks at the two versions only, not at any case.',
    permission: 'cases.repair',
    params: KeyParams,
    body: VersionsTrial,
    responses: { 200: MigrationPlan },
    problems: [404],
    handler: async ({ params, body }, house) => {
      const plan = await house.engine.planMigration({ definitionKey: params.key, ...body });
      return ok(plan.map((planned) => presentPlanned(planned, 0)));
    },
  }),
  route({
    method: 'post',
    path: '/definitions/:key/migrations',
    operationId: 'migrateCases',
    summary: 'Take many cases to another version',
    description:
      'Each case is migrated by itself and has a result of its own; a refusal stops none of the others. Call again with `next` until it is null. Cut off in the middle, the same calls go on where they stopped.',
    permission: 'cases.repair',
    params: KeyParams,
    body: Migration,
    responses: { 200: MigrationResults },
    problems: [404],
    handler: async ({ params, body, viewer }, house) => {
      const { cases, cursor, ...migration } = body;
      const { results, next } = await house.engine.migrateCases(
        {
          definitionKey: params.key,
          ...migration,
          ...(cases && { caseIds: cases }),
          after: readCursor(cursor, BY_START, '/body/cursor'),
        },
        actorOf(viewer),
      );
      return ok({
        items: results.map(({ caseId, number, outcome, code, details = {} }) => ({
          case: caseId,
          number,
          outcome,
          code: code ?? null,
          text: code ? { zh: sentenceOf(code, details, 'zh'), en: sentenceOf(code, details, 'en') } : null,
        })),
        next: next ? cursorOf(next, BY_START) : null,
      });
    },
  }),
];
