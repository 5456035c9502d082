const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `2026-11-23 09:12`, always Beijing time: offices quote it, wherever the browser is. '' when there is no instant. */
export function showInstant(iso: string | null | undefined): string {
  if (!iso) return '';
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const part = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`;
}

/** The date alone, Beijing time. */
export function showDate(iso: string | null | undefined): string {
  return showInstant(iso).slice(0, 10);
}

/** The contrary, of what a picker of moments gives: `2026-11-23 09:12`, also with seconds. */
export function instantOf(local: string): string {
  const seconds = local.length > 'YYYY-MM-DD HH:mm'.length ? '' : ':00';
  return `${local.replace(' ', 'T')}${seconds}+08:00`;
}
