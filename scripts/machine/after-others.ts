import { setTimeout } from 'node:timers/promises';

/** What Next says, perhaps in colours, when a build of this folder is under way that is not ours to wait for by a lock. */
const another = /Another .*next build.* process is already running/;

/**
 * Builds, and waits while a build goes on that somebody else began, such as by hand, or a start that was just killed.
 * @throws Error of the build that failed for another reason, or that found another one at its last try
 */
export async function afterOthers(
  build: () => Promise<void>,
  { tell, pause = 1000, tries = 300 }: { tell: () => void; pause?: number; tries?: number },
): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (tries === 1 || !another.test(Object(error).message)) throw error;
    tell();
    await setTimeout(pause);
    await afterOthers(build, { tell: () => {}, pause, tries: tries - 1 });
  }
}
