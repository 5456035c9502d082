const EVERY_MS = 2_000;

/** Looks again and again for what other nodes have written. Answers how to stop. */
export function watchOthers(look: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let failing = false;
  const lookOnce = () =>
    look().then(
      () => (failing = false),
      (error: unknown) => {
        if (!failing) onError(error); // once, however long it takes
        failing = true;
      },
    );
  const timer = setInterval(() => void lookOnce(), EVERY_MS).unref();
  return () => clearInterval(timer);
}
