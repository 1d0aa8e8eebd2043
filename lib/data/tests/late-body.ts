import { deleteSandbox, purgeSandbox } from '../sandbox/deleted-sandboxes.ts';

/**
 * A request body that deletes and purges the sandbox when it is read, which is after its sender has been admitted.
 */
export function lateBody(sandboxId: number, text: string): ReadableStream {
  const source: UnderlyingSource = {
    async pull(controller) {
      await deleteSandbox(sandboxId, 'nobody');
      await purgeSandbox(sandboxId, async () => {});
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
