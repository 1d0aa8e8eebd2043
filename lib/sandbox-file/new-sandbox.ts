import { z } from 'zod';
import { SandboxName } from '#lib/smart/sandbox/name.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import type { Problem } from './problem.ts';
import type { SandboxFile } from './schema.ts';
import { checkUpload, longestUpload } from './uploaded-file.ts';

const Named = {
  name: SandboxName,
  slug: z
    .string()
    .trim()
    .refine(
      isSandboxSlug,
      'Use lower case letters, digits and inner hyphens, 40 at most, and no word that this server uses itself.',
    ),
};

function whole(least: number, most: number) {
  const message = `Give a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
}

const NewSandboxForm = z.discriminatedUnion(
  'content',
  [
    z.object({ content: z.literal('empty'), ...Named }),
    z.object({ content: z.literal('generated'), ...Named, patients: whole(1, 100_000), seed: whole(0, 2 ** 32 - 1) }),
    z.object({ content: z.literal('file'), file: z.instanceof(File, { message: 'Choose a sandbox file.' }) }),
  ],
  'Choose what goes into the sandbox.',
);

/** What a form asks for as a sandbox file, or what is wrong: beside which field, or where in the file. */
export type ReadNewSandbox =
  | { sandbox: SandboxFile }
  | { errors: Record<string, string[] | undefined> }
  | { problems: Problem[] };

/** Reads the form that makes a sandbox: an empty one, one with made-up patients, or what an uploaded file describes. */
export async function readNewSandbox(form: FormData, options: { origin: string; now: Date }): Promise<ReadNewSandbox> {
  const parsed = NewSandboxForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { errors: z.flattenError(parsed.error).fieldErrors };
  if (parsed.data.content === 'file') return readFile(parsed.data.file, options);
  const { name, slug } = parsed.data;
  const plain = {
    name,
    slug,
    launchLifetimeSeconds: 300,
    users: [],
    clients: [],
    cdsServices: [],
    scenarios: [],
    data: [],
  };
  if (parsed.data.content === 'empty') return { sandbox: plain };
  const { patients, seed } = parsed.data;
  return { sandbox: { ...plain, data: [{ generate: { patients, seed } }] } };
}

async function readFile(file: File, options: { origin: string; now: Date }): Promise<ReadNewSandbox> {
  if (file.size === 0) return { errors: { file: ['Choose a sandbox file.'] } };
  if (file.size > longestUpload) {
    return {
      errors: { file: ['The file is larger than 3 MB. Load it from the command line: npm start -- --sandbox FILE'] },
    };
  }
  return checkUpload(await file.text(), { ...options, file: file.name });
}
