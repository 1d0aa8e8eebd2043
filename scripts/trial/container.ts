/**
 * Makes the file system that the Dockerfile describes, without a container engine, and tries it as a container would run
 * it: by a user who can write nothing but the volume, until an app was launched, and to the end by SIGTERM.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Image, layImage } from '#scripts/container/lay-image.ts';
import { freePort } from '#scripts/machine/free-port.ts';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';
import { launchApp } from '#scripts/trial/app-launch.ts';
import { serve } from '#scripts/trial/serving.ts';

// What the image is made of is made here first, so that its stages find it.
await ensureGenerated();
await ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-image-'));
try {
  const image = layImage(folder);
  await tryOut(image);
  console.log('The image was laid and tried: an app was launched, and nothing was written outside of the volume.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryOut({ root, workdir, variables, user = '', command, healthcheck }: Image): Promise<void> {
  const [uid = 0, gid = 0] = user.split(':').map(Number);
  const isRoot = process.getuid?.() === 0;
  // Only root becomes somebody else, who owns none of the files; others run it as themselves, on files made read-only.
  const ids = isRoot ? { uid, gid } : {};
  if (!isRoot) spawnSync('chmod', ['-R', 'a-w', workdir]);
  spawnSync('chmod', ['a+rx', folder, root]);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  if (isRoot) chownSync(temporary, uid, gid);
  const port = String(await freePort());
  // On loopback, where the published passwords work.
  const own = { HOST: '127.0.0.1', PORT: port, TMPDIR: temporary };
  const inside = { ...variables, ...own, DATA_DIR: join(root, variables.DATA_DIR ?? '') };
  const begun = Date.now();
  const started = { command, cwd: workdir, variables: { ...inside, PUBLIC_URL: `http://localhost:${port}` }, ...ids };
  const server = await serve(started);
  console.log(`Serving after ${Date.now() - begun} ms`);
  try {
    const [program = '', ...words] = healthcheck;
    const health = spawnSync(program, words, { cwd: workdir, env: { ...process.env, ...inside }, ...ids });
    expectThat(health.status === 0, `HEALTHCHECK ended with ${health.status}`);
    await launchApp({ origin: `http://localhost:${port}` });
  } finally {
    const code = await server.stop();
    console.log(server.printed());
    expectThat(code === 0 && server.printed().includes('Stopped.'), `It ended with ${code}`);
  }
  expectThat(!/EACCES|EROFS|EPERM/.test(server.printed()), 'It tried to write what it may not.');
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
