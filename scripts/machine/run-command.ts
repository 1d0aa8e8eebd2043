/**
 * Runs the work of a command, and prints why it failed, with its stack if DEBUG is set; then the exit code is 1, else the
 * number that the work returns, if any.
 */
export async function runCommand(work: () => Promise<unknown>): Promise<void> {
  try {
    const code = await work();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    if (process.env.DEBUG) console.error(error);
    process.exitCode = 1;
  }
  process.disconnect?.();
}
