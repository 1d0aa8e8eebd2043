/**
 * Makes the file system that the Dockerfile describes, without a container engine, and tries it as a container would run
 * it: by a user who can write nothing but the volume, until an app was launched, to the end by SIGTERM, and once more
 * on a copy of the volume.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Image, layImage } from '#scripts/container/lay-image.ts';
import { freePort } from '#scripts/machine/free-port.ts';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';
import { launchApp, readPatient } from '#scripts/trial/app-launch.ts';
import { serve } from '#scripts/trial/serving.ts';

// What the image is made of is made here first, so that its stages find it.
await ensureGenerated();
await ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-image-'));
try {
  await tryOut(layImage(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryOut(image: Image): Promise<void> {
  const { root, workdir, variables } = image;
  const [uid = 0, gid = 0] = (image.user ?? '').split(':').map(Number);
  const isRoot = process.getuid?.() === 0;
  // Only root becomes somebody else, who owns none of the files; others run it as themselves, on files made read-only.
  const ids = isRoot ? { uid, gid } : {};
  if (!isRoot) spawnSync('chmod', ['-R', 'a-w', workdir]);
  spawnSync('chmod', ['a+rx', folder, root]);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  if (isRoot) chownSync(temporary, uid, gid);
  const port = String(await freePort());
  const origin = `http://localhost:${port}`;
  // On loopback, where the published passwords work.
  const outside = { HOST: '127.0.0.1', PORT: port, TMPDIR: temporary, PUBLIC_URL: origin };
  const volume = join(root, variables.DATA_DIR ?? '');
  const at = (data: string): Container => ({ image, ids, variables: { ...variables, ...outside, DATA_DIR: data } });
  const launched = await whileServing(at(volume), () => launchApp({ origin }));
  console.log('An app was launched, and nothing was written outside of the volume.');
  const copy = `${volume}-copy`;
  spawnSync('cp', ['-a', volume, copy]);
  await whileServing(at(copy), () => readPatient({ origin }, launched));
  console.log('On a copy of the volume, the token from before opens the patient.');
}

interface Container {
  image: Image;
  ids: { uid?: number; gid?: number };
  variables: Record<string, string>;
}

/** Does `work` while the container serves. @throws Error when it is not healthy, or does not end well */
async function whileServing<T>({ image, ids, variables }: Container, work: () => Promise<T>): Promise<T> {
  const { command, healthcheck, workdir: cwd } = image;
  const server = await serve({ command, cwd, variables, ...ids });
  try {
    const [program = '', ...words] = healthcheck;
    const { status } = spawnSync(program, words, { cwd, env: { ...process.env, ...variables }, ...ids });
    expectThat(status === 0, `HEALTHCHECK ended with ${status}`);
    return await work();
  } finally {
    const code = await server.stop();
    const said = `it printed:\n${server.printed()}`;
    expectThat(code === 0 && server.printed().includes('Stopped.'), `It ended with ${code}; ${said}`);
    expectThat(!/EACCES|EROFS|EPERM/.test(server.printed()), `It tried to write what it may not; ${said}`);
  }
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
