/** Something that several projects of one run use. Vitest loads this file once for each of them, in one process. */

interface Made {
  remove(): unknown;
}

interface Shared {
  making: Promise<Made>;
  users: number;
}

const kept = globalThis as typeof globalThis & { sharedByTestProjects?: Map<string, Shared> };

/** What the first project to ask for it makes; whoever is the last to release it removes it. */
export async function sharedByProjects<T extends Made>(name: string, make: () => Promise<T>) {
  kept.sharedByTestProjects ??= new Map();
  const shared = kept.sharedByTestProjects.get(name) ?? { making: make(), users: 0 };
  kept.sharedByTestProjects.set(name, shared);
  shared.users += 1;
  const made = (await shared.making) as T;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    kept.sharedByTestProjects?.delete(name);
    await made.remove();
  };
  return { made, release };
}
