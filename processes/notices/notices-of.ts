import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, EventRow } from '../../engine/store/ports.ts';
import { limitAsked, subject } from '../casework/deadline-words.ts';
import { elementWords } from '../casework/element-words.ts';
import { sentenceOfEvent } from '../casework/timeline.ts';
import type { Directory } from '../directory/index.ts';
import { CHINA, dayInWords, momentInWords, provisionally, type Bilingual } from '../due-dates/index.ts';
import { isUnattended } from '../supervision/timeline-words.ts';
import type { Notice, NoticeKind } from './notice.ts';
import { recipientsOf } from './recipients.ts';

/** The notices that follow from what was written to a case: a pure function, so that sending twice can be seen as such. */
export function noticesOf(
  { row, graph, events }: { row: CaseRow; graph: ProcessGraph; events: readonly EventRow[] },
  directory: Directory,
): Notice[] {
  return events.flatMap((event) =>
    recipientsOf({ row, graph, event }, directory).map((to) => ({
      id: `${row.id}.${event.seq}.${to.type}.${to.id}`,
      kind: event.type as NoticeKind,
      to,
      case: { id: row.id, number: row.number, title: row.title },
      text: wordsOf(event, row, graph, directory),
      at: event.at,
    })),
  );
}

/** What the recipient reads: what happened, in the words of the timeline or as a request. */
function wordsOf(event: EventRow, row: CaseRow, graph: ProcessGraph, directory: Directory): Bilingual {
  const request = REQUESTS[event.type];
  const told = sentenceOfEvent(event, {
    of: (element) => elementWords(graph, element),
    actor: directory.findPerson(event.actor)?.name ?? event.actor,
    nameOfDepartment: directory.nameOf,
    called: Boolean(row.parent),
  });
  const [group] = (event.data.groups ?? []) as string[];
  const department = group === undefined ? undefined : directory.nameOf(group);
  const node = event.node ? elementWords(graph, event.node) : undefined;
  const { zh, en } = request ? request(event, node, { told, department }) : told;
  return {
    zh: `办件 ${row.number}（${row.title}）：${ended(zh, '。')}`,
    en: `Case ${row.number} (${row.title}): ${ended(en, '.')}`,
  };
}

/** What somebody wrote may end with a full stop of its own. */
function ended(sentence: string, stop: string): string {
  return /[。！？.!?]$/.test(sentence) ? sentence : `${sentence}${stop}`;
}

/** `told`: what the timeline says. `department`: whose task it is about. */
type Request = (
  event: EventRow,
  node: Bilingual | undefined,
  words: { told: Bilingual; department: string | undefined },
) => Bilingual;

/** Events that ask something of their recipients. */
const REQUESTS: Readonly<Record<string, Request>> = {
  'deadline.warned': ({ data }, node, { department }) => {
    const until = provisionally(momentInWords(Number(data.dueAt), CHINA), data.provisional);
    const near = data.light === 'yellow';
    const [asked, please] = isUnattended(data)
      ? ['目前没有部门在办，请督促明确由谁办理', 'no department works on it; please see to who does']
      : near
        ? ['请抓紧办理', 'please see to it in time']
        : ['请立即办理', 'please act now'];
    const of = (name: string) => subject({ node: name, department });
    return {
      zh: `${node ? of(node.zh).zh : '办件'}${near ? '将于' : '已于'}${until.zh}到期，${asked}`,
      en: `${node ? of(node.en).en : 'the case'} ${near ? 'is due' : 'was due'} on ${until.en}; ${please}`,
    };
  },
  // who urges in words of their own has said so
  'case.urged': ({ data }, _node, { told }) =>
    data.note ? told : { zh: `${told.zh}，请尽快办理`, en: `${told.en}; please hurry` },
  'reason.asked': ({ data }, node) => {
    const day = provisionally(dayInWords(Number(data.dueAt), CHINA), data.provisional);
    const department = (data.departmentName ?? data.department) as string;
    const limit = limitAsked(data);
    return {
      zh: `${node ? `“${node.zh}”` : '办件'}已超过${limit.zh}（${day.zh}），请${department}公开超期原因（《优化营商环境条例》第三十六条）`,
      en: `${node ? `“${node.en}”` : 'the case'} is past ${limit.en} (${day.en}); ${department}, please give the public reason`,
    };
  },
};
