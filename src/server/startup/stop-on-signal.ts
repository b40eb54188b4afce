/** How long stopping may take before the process ends anyway, in milliseconds. */
const stopMaxMs = 25_000;

/** Stops in order on Ctrl-C and on SIGTERM; a second signal ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      console.log('\n  Stopping …');
      setTimeout(() => process.exit(1), stopMaxMs).unref();
      stop().then(
        () => process.exit(0),
        (thrown: unknown) => {
          console.error(thrown);
          process.exit(1);
        },
      );
    });
  }
}
