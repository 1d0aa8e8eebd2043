import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';

/** Goes on with sandboxes after the response; what fails is tried again, and noted where an administrator looks. */
export function goOnWithSandboxes(): void {
  workOnSandboxes().catch((error) => console.error('Sandboxes could not be worked on:', error));
}
