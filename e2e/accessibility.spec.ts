/**
 * Checks every kind of page by WCAG 2.2 AA, in both themes and two screen sizes, and launches an app without a mouse.
 */
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { authorizeUrl } from './fixtures/launches.ts';
import { type Person, people, signIn } from './fixtures/people.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** One browser context for each person, so that they sign in only once; null is for nobody. */
const contexts = new Map<Person | null, BrowserContext>();

test.beforeAll(async ({ browser }) => {
  for (const person of [null, 'admin', 'clinician', 'patient', 'stranger', 'hasty'] as const) {
    contexts.set(person, await browser.newContext());
  }
  await signIn(await pageOf('admin'), 'admin', '/demo/admin');
  await register(await pageOf('admin'), 'Standalone Reader', reader);
  await signIn(await pageOf('clinician'), 'clinician', '/demo/patients');
  await signIn(await pageOf('patient'), 'patient', '/demo/record');
  await signIn(await pageOf('stranger'), 'stranger', '/riverside/patients');
  await signIn(await pageOf('hasty'), 'hasty', '/hasty/patients');
});

test.afterEach(async () => {
  const pages = [...contexts.values()].flatMap((context) => context.pages());
  await Promise.all(pages.map((page) => page.close()));
});

test.afterAll(async () => {
  for (const context of contexts.values()) await context.close();
  contexts.clear();
});

async function pageOf(person: Person | null): Promise<Page> {
  const page = await contexts.get(person)?.newPage();
  if (!page) throw new Error(`nobody opened a context for ${person}`);
  await page.setViewportSize(desk);
  return page;
}

/** An app that people open outside the EHR, so that it asks for its context on our pages. */
const reader = {
  client_id: `reader_${Date.now()}`,
  redirect_uri: 'https://reader.example/callback',
  scope: 'launch/patient launch/encounter patient/Patient.rs patient/Encounter.rs user/Patient.rs',
};

async function register(page: Page, name: string, { client_id, redirect_uri, scope }: typeof reader): Promise<void> {
  await page.goto('/demo/admin/apps/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByLabel('Client id').fill(client_id);
  await page.getByLabel('Redirect URIs').fill(redirect_uri);
  await page.getByLabel('Other scopes').fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText(`${name} is registered`)).toBeVisible();
}

/** Opens the authorization endpoint as the reader does. */
async function openAlone(page: Page, scope: string, more: Record<string, string> = {}): Promise<void> {
  await page.goto('/health');
  await page.goto(authorizeUrl(new URL(page.url()).origin, { ...reader, scope, ...more }));
}

async function opened(page: Page, launch: Locator): Promise<Page> {
  const tab = page.context().waitForEvent('page');
  await launch.click();
  return tab;
}

interface Surface {
  what: string;
  who: Person | null;
  /** The page's address, or the way to it from an empty tab; the page is then the last tab that was opened. */
  at: string | ((page: Page) => Promise<unknown>);
  /** Something that is visible once the page is complete. */
  shows: (page: Page) => Locator;
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { level: 1, name });

const surfaces: Surface[] = [
  { what: 'the choice of a sandbox', who: 'clinician', at: '/', shows: heading('Your sandboxes') },
  { what: 'the account', who: 'clinician', at: '/account', shows: (page) => page.getByRole('table') },
  {
    what: 'the change of a password, with its mistakes',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/account/password');
      await page.getByLabel('Present password').fill('wrong');
      await page.getByRole('button', { name: 'Change password' }).click();
    },
    shows: (page) => page.getByText('Use at least 12 characters.'),
  },
  { what: 'the sign-in page', who: null, at: '/sign-in', shows: heading(/Sign in/) },
  {
    what: 'a sign-in with a wrong password',
    who: null,
    at: async (page) => {
      await page.goto('/sign-in');
      await page.getByLabel('Username').fill('nobody');
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    shows: (page) => page.getByRole('main').getByRole('alert'),
  },
  { what: 'the patient list', who: 'clinician', at: '/demo/patients', shows: (page) => page.getByRole('table') },
  {
    what: 'a search without results',
    who: 'clinician',
    at: '/demo/patients?name=zzzz',
    shows: (page) => page.getByText(/^No patients? /),
  },
  {
    what: "an adult's chart",
    who: 'clinician',
    at: '/demo/patients/maria-gonzalez',
    shows: (page) => page.getByRole('region', { name: 'Vital signs' }).locator('svg').first(),
  },
  { what: "a newborn's chart", who: 'clinician', at: '/demo/patients/BILIBABY', shows: heading(/Kowalczyk/) },
  {
    what: 'the advice on a chart, about to be dismissed',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/patients/BILIBABY');
      await page.getByRole('button', { name: /^Dismiss: Bilirubin/ }).click();
    },
    shows: (page) => page.getByLabel('Why is this dismissed?'),
  },
  {
    what: 'an order that is about to be signed',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/patients/maria-gonzalez');
      await page.getByRole('combobox', { name: 'Medication' }).selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Sign order' }).click();
    },
    shows: (page) => page.getByRole('button', { name: 'Confirm and sign' }),
  },
  { what: 'the scenarios', who: 'admin', at: '/demo/scenarios', shows: heading('Scenarios') },
  {
    what: 'a scenario of somebody else',
    who: 'admin',
    at: '/demo/scenarios/newborn-bilirubin',
    shows: (page) => page.getByRole('link', { name: 'Sign in as clinician' }),
  },
  {
    what: 'the form for a scenario, with its mistakes',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/scenarios/new');
      await page.getByRole('button', { name: 'Save scenario' }).click();
    },
    shows: (page) => page.getByText('Say what the scenario is called.'),
  },
  { what: 'the app gallery', who: 'clinician', at: '/demo/apps', shows: heading('Apps') },
  {
    what: 'the launch dialog with a patient',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/apps');
      await page.getByRole('button', { name: 'Launch Bilirubin Chart' }).click();
      await page.getByRole('combobox', { name: 'Patient' }).fill('kowal');
      await page.getByRole('option', { name: /Kowalczyk, Lily/ }).click();
    },
    shows: (page) => page.getByRole('group', { name: 'Encounter' }),
  },
  {
    what: 'the apps with access, of somebody who gave none',
    who: 'hasty',
    at: '/hasty/access',
    shows: (page) => page.getByText('No app has access'),
  },
  {
    what: 'the apps with access, with what they may do unfolded',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/patients/BILIBABY');
      const app = await opened(page, page.getByRole('button', { name: /^Launch Bilirubin Chart/ }));
      await app.getByRole('figure', { name: 'Hour-specific nomogram' }).waitFor();
      await app.goto('/demo/access');
      await accessOfChart(app)
        .getByText(/^\d+ permissions$/)
        .first()
        .click();
    },
    shows: (page) => accessOfChart(page).getByText('patient/Patient.rs', { exact: true }).first(),
  },
  {
    what: 'the access of all apps',
    who: 'admin',
    at: '/demo/admin/access',
    shows: (page) => page.getByRole('combobox', { name: 'User' }),
  },
  { what: 'the administration', who: 'admin', at: '/demo/admin', shows: heading(/./) },
  {
    what: 'the list of registered apps',
    who: 'admin',
    at: '/demo/admin/apps',
    shows: (page) => page.getByRole('table'),
  },
  {
    what: 'the CDS services, with what one gets unfolded',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/cds-services');
      await page.getByText('What it may see').first().click();
    },
    shows: (page) => page.getByRole('button', { name: 'Save', exact: true }),
  },
  { what: 'the form for a sandbox', who: 'admin', at: '/sandboxes/new', shows: heading('New sandbox') },
  {
    what: 'the form for a sandbox with mistakes in a file',
    who: 'admin',
    at: async (page) => {
      await page.goto('/sandboxes/new');
      await page.getByRole('radio', { name: 'A sandbox file' }).check();
      const file = { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"slug": "x y"}') };
      await page.getByRole('button', { name: 'Sandbox file' }).setInputFiles(file);
      await page.getByRole('button', { name: 'Make sandbox' }).click();
    },
    shows: (page) => page.getByText('2 mistakes in the file'),
  },
  { what: 'the members', who: 'admin', at: '/demo/admin/members', shows: (page) => page.getByRole('table') },
  { what: 'the form for a member', who: 'admin', at: '/demo/admin/members/new', shows: heading('Add member') },
  {
    what: 'the form for a member with mistakes',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/members/new');
      await page.getByRole('radio', { name: 'Patient', exact: true }).check();
      await page.getByRole('button', { name: 'Add member' }).click();
    },
    shows: (page) => page.getByText('A patient needs a record'),
  },
  { what: 'the settings', who: 'admin', at: '/demo/admin/settings', shows: heading('Settings') },
  {
    what: 'the question before a sandbox is deleted',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/settings');
      await page.getByRole('button', { name: /^Delete/ }).click();
    },
    shows: (page) => page.getByRole('alertdialog').getByLabel('Type demo to confirm'),
  },
  { what: 'the portal of a patient', who: 'patient', at: '/demo/record', shows: heading(/Larsson, Emma/) },
  { what: 'the brand', who: 'admin', at: '/demo/admin/brand', shows: heading('Brand') },
  { what: 'import and export', who: 'admin', at: '/demo/admin/import', shows: heading('Import and export') },
  { what: 'the signing keys', who: 'admin', at: '/demo/admin/keys', shows: heading('Signing keys') },
  {
    what: 'dynamic registration',
    who: 'admin',
    at: '/demo/admin/registration',
    shows: heading('Dynamic registration'),
  },
  { what: 'the registration form', who: 'admin', at: '/demo/admin/apps/new', shows: heading('Register a SMART app') },
  {
    what: 'the registration form with mistakes',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/apps/new');
      await page.getByLabel('Redirect URIs').fill('javascript:1');
      await page.getByRole('button', { name: 'Register app' }).click();
    },
    shows: (page) => page.getByText('Nothing was saved'),
  },
  {
    what: 'the secret of a registered app',
    who: 'admin',
    at: async (page) => {
      await page.goto('/demo/admin/apps/new');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Keeper of a Secret');
      await page.getByLabel('Redirect URIs').fill('https://keeper.example/callback');
      await page.getByRole('radio', { name: 'Confidential, with a secret' }).check();
      await page.getByRole('button', { name: 'Register app' }).click();
    },
    shows: (page) => page.getByText('Copy the client secret now'),
  },
  { what: 'the editing of an app', who: 'admin', at: '/demo/admin/apps/clinic_day/edit', shows: heading(/Clinic Day/) },
  {
    what: 'the choice of a patient',
    who: 'clinician',
    at: (page) => openAlone(page, 'openid fhirUser launch/patient patient/Patient.rs'),
    shows: heading('Choose a patient for Standalone Reader'),
  },
  {
    what: 'the choice of an encounter',
    who: 'clinician',
    at: async (page) => {
      await openAlone(page, 'launch/patient launch/encounter patient/Patient.rs patient/Encounter.rs');
      await page
        .getByRole('button', { name: /^Anderson/ })
        .first()
        .click();
    },
    shows: heading('Choose an encounter for Standalone Reader'),
  },
  {
    what: 'the consent',
    who: 'clinician',
    at: (page) => openAlone(page, 'openid fhirUser user/Patient.rs'),
    shows: heading('Allow Standalone Reader?'),
  },
  {
    what: 'the consent to an app that asks for more than before',
    who: 'clinician',
    at: async (page) => {
      const wide = 'openid fhirUser user/Patient.rs patient/Patient.rs launch/patient';
      await openAlone(page, 'openid user/Patient.rs');
      await page.getByRole('checkbox', { name: 'Remember my answer' }).check();
      // Nobody is there, and no answer is waited for.
      const arrived = page.waitForRequest(/^https:\/\/reader\.example\//);
      await page.getByRole('button', { name: 'Allow' }).click();
      await arrived;
      await openAlone(page, wide);
      await page
        .getByRole('button', { name: /^Anderson/ })
        .first()
        .click();
    },
    shows: (page) => page.getByText('The app asks for more than before'),
  },
  {
    what: 'the choice of an account',
    who: 'clinician',
    at: (page) => openAlone(page, 'openid user/Patient.rs', { prompt: 'select_account' }),
    shows: heading('Choose an account for Standalone Reader'),
  },
  {
    what: 'the sign-in page on the way to an app',
    who: null,
    at: (page) => openAlone(page, 'openid user/Patient.rs', { login_hint: 'clinician' }),
    shows: (page) => page.getByText('To go on to Standalone Reader.'),
  },
  {
    what: 'the answer to somebody who is not a member',
    who: 'stranger',
    at: (page) => openAlone(page, 'openid fhirUser user/Patient.rs'),
    shows: heading(/is not a member of Lakeside General Hospital/),
  },
  { what: 'a page that is not allowed', who: 'clinician', at: '/demo/admin', shows: heading(/./) },
  { what: 'a patient who is not there', who: 'clinician', at: '/demo/patients/nobody', shows: heading(/./) },
  { what: 'a page that is not there', who: 'clinician', at: '/demo/nothing', shows: heading(/./) },
  {
    what: 'a refused launch',
    who: 'clinician',
    at: '/demo/launch/refused?reason=disabled-client',
    shows: heading('The app was not launched'),
  },
  { what: 'an expired sign-in', who: 'clinician', at: '/demo/oauth/interaction/none', shows: heading(/expired/) },
  {
    what: 'the refusal of an unknown app',
    who: 'clinician',
    at: '/demo/oauth/authorize?client_id=nobody&response_type=code',
    shows: heading('This app cannot be used here'),
  },
  {
    what: 'the end of the session of the apps',
    who: 'clinician',
    at: '/demo/oauth/session/end',
    shows: heading('Sign out of Lakeside General Hospital?'),
  },
  {
    what: 'the bilirubin chart',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/patients/BILIBABY');
      await opened(page, page.getByRole('button', { name: /^Launch Bilirubin Chart/ }));
    },
    shows: (page) => page.getByRole('figure', { name: 'Hour-specific nomogram' }),
  },
  {
    what: 'the CDS console',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/patients/BILIBABY');
      const tab = await opened(page, page.getByRole('button', { name: /^Launch CDS Console/ }));
      const allow = tab.getByRole('button', { name: 'Allow' });
      await allow.or(tab.getByRole('article')).waitFor();
      if (await allow.isVisible()) await allow.click();
    },
    shows: (page) => page.getByRole('article', { name: /^Bilirubin/ }),
  },
  {
    what: 'the clinic day',
    who: 'clinician',
    at: async (page) => {
      await page.goto('/demo/apps');
      const tab = await opened(page, page.getByRole('button', { name: 'Launch Clinic Day' }));
      const allow = tab.getByRole('button', { name: 'Allow' });
      const day = tab.getByRole('group', { name: 'Day' });
      await allow.or(day).waitFor();
      if (await allow.isVisible()) await allow.click();
    },
    shows: (page) => page.getByRole('heading', { name: /^Encounters/ }),
  },
  {
    what: 'a sample app opened without the EHR',
    who: null,
    at: '/samples/bilirubin-chart/',
    shows: heading('This app starts from an EHR'),
  },
];

function accessOfChart(page: Page): Locator {
  return page.getByRole('region', { name: 'Bilirubin Chart' });
}

/** Expects no violations. Axe's legacy mode cannot look into frames, but these pages have none. */
async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(rules)
    .analyze();
  const said = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(said).toEqual([]);
}

/** Switches to the dark theme. The page is hidden for a moment, as Chromium may keep inherited colours of the other. */
async function darken(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.evaluate(() => {
    document.body.style.display = 'none';
    document.body.getBoundingClientRect();
    document.body.style.display = '';
  });
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
}

for (const { what, who, at, shows } of surfaces) {
  test(`${what} is accessible in light and dark, and fits a phone`, async () => {
    const first = await pageOf(who);
    await (typeof at === 'string' ? first.goto(at) : at(first));
    const page = first.context().pages().at(-1) ?? first;
    await expect(shows(page)).toBeVisible();
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await expectNoViolations(page);
    await page.setViewportSize(phone);
    await darken(page);
    await expect(shows(page)).toBeVisible();
    await expectNoViolations(page);
    await expectNoSidewaysScrolling(page);
  });
}

/** Presses Tab until the control has the focus, and expects the focus to be visible. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
  await expect(control).toHaveCSS('outline-style', 'solid');
}

test('who has no mouse signs in, finds a patient and launches an app', async ({ page }) => {
  const { username, password } = people.clinician;
  await page.goto('/demo/patients');
  await tabTo(page, page.getByLabel('Username'));
  await page.keyboard.type(username);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Name', { exact: true }));
  await page.keyboard.type('kowal');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: /Kowalczyk, Lily/ }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: /^Launch Bilirubin Chart/ }));
  const tab = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  await expect((await tab).getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
});

test('the skip link leads past the navigation', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  await page.goto('/demo/patients');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^Skip/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});
