const key = 'onevisit.reloaded-at';
const patienceMs = 10_000;

/**
 * A page that stayed open over an update asks for files the server no longer has. It loads itself again, once: if that
 * does not help, the failure shows. While the server does not answer it stays as it is: a reload would leave nothing.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < patienceMs) return;
    fetch(window.location.href, { method: 'HEAD' }).then(
      () => {
        sessionStorage.setItem(key, String(Date.now()));
        window.location.reload();
      },
      () => {},
    );
  });
}
