/**
 * A dialog of element-plus keeps Tab within it only if the last that was done is a key, and hears of the key itself too late:
 * the Tab that follows a click leaves it for what lies behind. So it hears of Tab here, before.
 */
export function keepTabInDialogs(): void {
  const early = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') document.dispatchEvent(new KeyboardEvent('keydown'));
  };
  window.addEventListener('keydown', early, { capture: true });
}
