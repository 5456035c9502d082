/** Shows a field of a form and puts the cursor into it; opens what is folded around it. */
export function goToField(name: string): void {
  const item = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  item?.closest('details')?.setAttribute('open', '');
  item?.scrollIntoView({ block: 'center' });
  item?.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]')?.focus();
}
