import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { SandboxName } from '#lib/smart/sandbox/name.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import type { Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';
import { checkUpload, maxUploadLength } from './uploaded-file.ts';

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

function whole(min: number, max: number) {
  const message = `Give a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
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

interface UploadOptions extends OwnOrigins {
  now: Date;
  /** Whether others than this machine can reach this server. */
  exposed: boolean;
}

/** The form read as a sandbox file; or errors by field name, or problems in the uploaded file. */
export type ReadNewSandbox =
  | { sandbox: SandboxFile }
  | { errors: Record<string, string[] | undefined> }
  | { problems: Problem[] };

/** Reads the form that makes a sandbox: empty, with generated patients, or from an uploaded file. */
export async function readNewSandbox(form: FormData, options: UploadOptions): Promise<ReadNewSandbox> {
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

async function readFile(file: File, options: UploadOptions): Promise<ReadNewSandbox> {
  if (file.size === 0) return { errors: { file: ['Choose a sandbox file.'] } };
  if (file.size > maxUploadLength) {
    return {
      errors: { file: ['The file is larger than 3 MB. Load it from the command line: npm start -- --sandbox FILE'] },
    };
  }
  return checkUpload(await file.text(), { ...options, file: file.name });
}
