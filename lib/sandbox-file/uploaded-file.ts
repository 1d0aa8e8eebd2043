import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { personas } from '#prisma/seed/data/personas.ts';
import { hospitalBundle } from '#prisma/seed/resource/hospital.ts';
import { nameUsersAfter } from './account-names.ts';
import { checkData } from './check-data.ts';
import { checkPasswords } from './check-passwords.ts';
import { boundedProblems, jsonPath, type Problem } from './problem.ts';
import { readSandboxText } from './read-sandbox-file.ts';
import type { DataSource, SandboxFile } from './schema/schema.ts';
import { isGenerated } from './seed-chunks.ts';

/** Largest sandbox file accepted from a browser, in bytes; load larger ones from the command line. */
export const maxUploadLength = 3 * 1024 * 1024;

/**
 * Reads and checks an uploaded sandbox file. The rules are those of the command line, except that it cannot name files
 * of this server, and that its users are named after the sandbox. Returns every problem with its place.
 * @param file its name in messages
 */
export async function checkUpload(
  text: string,
  { file, now, exposed, ...own }: { file: string; now: Date; exposed: boolean } & OwnOrigins,
): Promise<{ sandbox: SandboxFile } | { problems: Problem[] }> {
  const read = await readSandboxText(text, file, own);
  if ('problems' in read) return read;
  const { sandbox } = read;
  const named = filesNamed(sandbox, file);
  if (named.length > 0) return { problems: boundedProblems(named, file) };
  const written = sandbox.data.filter((source) => !isGenerated(source));
  const missing = new Set(sandbox.users.flatMap(({ fhirUser }) => fhirUser ?? []));
  const { problems } = await checkData({ data: written }, { sandboxFile: file, now }, missing);
  const all = [...checkPasswords(sandbox, file, exposed), ...problems, ...missingUsers(sandbox, missing, file)];
  return all.length > 0 ? { problems: boundedProblems(all, file) } : { sandbox: nameUsersAfter(sandbox) };
}

function filesNamed({ data }: SandboxFile, file: string): Problem[] {
  const reason =
    'names a file, and an uploaded sandbox file comes alone: put the resources into it, as {"resources": [...]}, or use "generate"';
  return data.flatMap((source, index) =>
    typeof source === 'string' ? [{ file, path: jsonPath(['data', index]), reason }] : [],
  );
}

function missingUsers({ users, data }: SandboxFile, missing: Set<string>, file: string): Problem[] {
  return users.flatMap(({ fhirUser }, index) => {
    if (!fhirUser || !missing.has(fhirUser) || data.some((source) => makes(source, fhirUser))) return [];
    const path = jsonPath(['users', index, 'fhirUser']);
    return [{ file, path, reason: `${fhirUser} is not in the data of this file` }];
  });
}

/** Whether a generated source will contain the resource with this reference: one of the hospital's, or a patient. */
function makes(source: DataSource, reference: string): boolean {
  if (!isGenerated(source)) return false;
  const { patients } = source.generate;
  const named = personas.slice(0, patients).map(({ traits }) => `Patient/${traits.id}`);
  const number = Number(/^Patient\/p([1-9]\d*)$/.exec(reference)?.[1] ?? Number.NaN);
  const numbered = number > personas.length && number <= patients;
  return numbered || named.includes(reference) || hospitalReferences().has(reference);
}

function hospitalReferences(): Set<string> {
  const resources = (hospitalBundle().entry ?? []).flatMap(({ resource }) => resource ?? []);
  return new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
}
