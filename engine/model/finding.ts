/** What an upload check says about one element. `error` refuses the upload; `warning` lets it through. */
export interface Finding {
  /** Element id; '' when the finding is about the file. */
  readonly element: string;
  /** Rule id: the file name under engine/model/lint. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly zh: string;
  readonly en: string;
  /** Further elements that the sentence speaks about, for the diagram. */
  readonly related?: readonly string[];
}
