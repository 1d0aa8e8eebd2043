/** Finds a Chromium for the browser tests, or installs one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** A Chromium without windows, which takes half the time of one that only hides them. */
const headless = '/usr/bin/chromium-headless-shell';
const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Path of a Chromium: CHROMIUM_PATH, the system's without windows, Playwright's own, the system's, or a newly installed
 * one.
 * @throws Error that says how to provide one if none can be installed
 */
export async function findBrowser(): Promise<string> {
  const found = process.env.CHROMIUM_PATH ?? present();
  if (found) return found;
  for (const install of [installPlaywrights, installDebians]) {
    install();
    const installed = present();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium and none could be installed. Install one, or name it: CHROMIUM_PATH=… npm test',
  );
}

function present(): string | undefined {
  return [headless, chromium.executablePath(), ...systemPaths].find((path) => existsSync(path));
}

function installPlaywrights(): void {
  console.log('• Installing a browser for the tests');
  spawnSync('node_modules/.bin/playwright', ['install', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
}

function installDebians(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], {
    stdio: 'inherit',
    env: environment,
  });
}
