import { onMounted, ref, watch, type Ref } from 'vue';
import type { CaseSupplement, FormDefinition, FormValues, StoredFile } from '../../shared/contract.ts';
import { dropDraft, keepDraft, readDraft } from '../../shared/draft.ts';
import { useForm, type FormState } from '../form/use-form.ts';
import { changedValues } from '../form/values.ts';
import { answerSupplement } from './calls.ts';

/** What the applicant does about one defect, beside correcting its field. */
export interface RemedyDraft {
  files: StoredFile[];
  note: string;
}

interface Draft {
  /** Of the fields that were changed, as their controls hold them. */
  values: FormValues;
  remedies: RemedyDraft[];
  files: StoredFile[];
  note: string;
}

export interface Correction extends Pick<FormState, 'values' | 'errors' | 'rest' | 'sending' | 'edit'> {
  /** One for each defect, in their order. */
  remedies: Ref<RemedyDraft[]>;
  /** For no defect in particular. */
  files: Ref<StoredFile[]>;
  note: Ref<string>;
  /** What was done about a defect so far. */
  stateOf: (index: number) => 'open' | 'corrected' | 'handedIn' | 'explained';
  /** Sends all at once; false when the server refused, and then every error is on the screen and nothing is lost. */
  handIn: () => Promise<boolean>;
}

/** The answer to a notice: filled in, kept over a reload of the tab, handed in once. */
export function useCorrection(
  { id, variables }: { id: string; variables: FormValues },
  { noticedAt, defects }: CaseSupplement,
  form: FormDefinition | null,
): Correction {
  const { values, errors, rest, sending, ...entry } = useForm();
  const remedies = ref<RemedyDraft[]>(defects.map(() => ({ files: [], note: '' })));
  const files = ref<StoredFile[]>([]);
  const note = ref('');
  const draftKey = `supplement.${id}.${noticedAt}`;
  entry.start(form && withoutDefaults(form), variables);
  const handedIn = values.value;

  const changed = (): FormValues => (form ? changedValues(form, handedIn, values.value) : {});

  onMounted(() => {
    const draft = readDraft<Draft>(draftKey);
    if (!draft) return;
    values.value = { ...values.value, ...draft.values };
    remedies.value = defects.map((_, index) => draft.remedies[index] ?? { files: [], note: '' });
    [files.value, note.value] = [draft.files, draft.note];
  });
  watch(
    [values, remedies, files, note],
    () => {
      const names = Object.keys(changed());
      keepDraft(draftKey, {
        values: Object.fromEntries(names.map((name) => [name, values.value[name]])),
        remedies: remedies.value,
        files: files.value,
        note: note.value,
      } satisfies Draft);
    },
    { deep: true },
  );

  function stateOf(index: number): ReturnType<Correction['stateOf']> {
    const { field } = defects[index]!;
    if (field !== undefined && Object.hasOwn(changed(), field)) return 'corrected';
    const remedy = remedies.value[index]!;
    if (remedy.files.length > 0) return 'handedIn';
    return remedy.note.trim() ? 'explained' : 'open';
  }

  async function handIn(): Promise<boolean> {
    const idsOf = (list: StoredFile[]): string[] => list.map((file) => file.id);
    const done = await entry.send(async (_, key) => {
      const answer = {
        files: idsOf(files.value),
        remedies: remedies.value.map((remedy, defect) => ({
          defect,
          files: idsOf(remedy.files),
          ...(remedy.note.trim() && { note: remedy.note.trim() }),
        })),
        data: changed(),
        ...(note.value.trim() && { note: note.value.trim() }),
      };
      await answerSupplement(id, answer, key);
    });
    if (done) dropDraft(draftKey);
    return done;
  }

  return { values, errors, rest, sending, edit: entry.edit, remedies, files, note, stateOf, handIn };
}

/** What was left empty stays empty until the applicant fills it in. */
function withoutDefaults(form: FormDefinition): FormDefinition {
  return { ...form, fields: form.fields.map((field) => ({ ...field, default: undefined })) };
}
