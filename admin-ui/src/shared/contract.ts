/** The API's types under the names the screens use. Everything comes from the generated contract. */
import type * as api from '../../../api/contract/client.ts';

export type {
  AffectedCase,
  Bilingual,
  Board,
  CalendarBrief,
  CalendarDay,
  CalendarList,
  CalendarVersion,
  CalendarYear,
  CaseBranch,
  CaseBranches,
  CaseBrief,
  CaseChoice,
  CaseChoices,
  CaseClock,
  CaseStatus,
  CaseSupervision,
  CaseDetail,
  CaseDiagram,
  CaseExtension,
  CaseHold,
  CaseKin,
  CaseMigrationPlan,
  CaseResumption,
  ClockMove,
  ClockMoved,
  Light,
  ListedTask,
  CaseSupplement,
  Defect,
  DefinitionBrief,
  DemoPerson,
  DepartmentOrder,
  Deployment,
  DiagramToken,
  DueDateAnswer,
  DueDateQuestion,
  DueDateReason,
  Finding,
  HistoryEntry,
  HolidayNoticeLoaded,
  HolidayNoticePreview,
  MovedDate,
  MovedOrder,
  Recount,
  RecountList,
  HoldReasonList,
  Incident,
  Item,
  LedgerLine,
  Limit,
  LocalHoldReason,
  Material,
  ModificationChoices,
  ModificationPreview,
  Notice,
  NoticeKind,
  OverdueCases,
  Order,
  OrderIssue,
  OrderStatus,
  OverdueReason,
  Person,
  Phase,
  PlannedElement,
  Reference,
  Remaining,
  Role,
  Session,
  SessionAbilities,
  Status,
  StoredFile,
  SupplementAnswer,
  SupplementNotice,
  TaskBrief,
  UndeliveredNotice,
  UploadCheck,
} from '../../../api/contract/client.ts';

export interface Page<T> {
  items: T[];
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

export type TaskPage = Page<api.ListedTask> & Pick<api.TaskList, 'counts'>;
export type HistoryPage = Page<api.HistoryEntry> & Pick<api.History, 'chain'>;

export type FieldType = api.FormField['type'];
export type FormField = Omit<api.FormField, 'min' | 'max'> & {
  /** Smallest number, or earliest date (YYYY-MM-DD). */
  min?: number | string;
  /** Largest number, or latest date. */
  max?: number | string;
};
export type FormDefinition = Omit<api.FormDefinition, 'fields'> & { fields: FormField[] };
export type FormValues = Record<string, unknown>;

export type TaskDetail = Omit<api.TaskDetail, 'form'> & { form: FormDefinition | null };
export type ItemDetail = Omit<api.ItemDetail, 'form'> & { form: FormDefinition | null };
export type DefinitionDetail = Omit<api.DefinitionDetail, 'startForm'> & { startForm: FormDefinition | null };

/** RFC 9457 problem document as it arrives: a proxy in between may have answered instead, so nothing is certain. */
export type ProblemBody = Partial<api.Problem>;
