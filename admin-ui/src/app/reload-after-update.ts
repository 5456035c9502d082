const key = 'onevisit.reloaded-at';
const patienceMs = 10_000;

/**
 * A page that stayed open over an update asks for files the server no longer has. It loads itself again, once: if that
 * does not help, the failure shows.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < patienceMs) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
