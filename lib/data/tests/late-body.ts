import { deleteSandbox, purgeDeleted } from '../sandbox/deleted-sandboxes.ts';

/**
 * A body that arrives when the sandbox, into which its sender was let, has been deleted and cleared away: not before it is
 * read, which is after the sender was judged.
 */
export function lateBody(sandboxId: number, text: string): ReadableStream {
  const source: UnderlyingSource = {
    async pull(controller) {
      await deleteSandbox(sandboxId, 'nobody');
      await purgeDeleted();
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
