/** The account: where its user is signed in, and the password, which is changed, reset and handed over. */
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { acceptedGuest, choosePassword, enter, fillSignIn, removeMember, signIn } from './fixtures/people.ts';

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in' });

/** A browser with the cookies that another one has now. */
async function copyOf(context: BrowserContext, browser: Browser): Promise<Page> {
  const copy = await browser.newContext();
  await copy.addCookies(await context.cookies());
  return copy.newPage();
}

/** Has the administrator make an account, and answers its username and the password that is shown once. */
async function makeAccount(page: Page): Promise<{ username: string; password: string; name: string }> {
  const local = `a${Date.now().toString(36)}`;
  const name = `Ines ${local}`;
  await signIn(page, 'admin', '/demo/admin/members/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Username' }).fill(local);
  await page.getByRole('button', { name: 'Add member' }).click();
  await expect(page.getByText(`${name} is a member now`)).toBeVisible();
  const [, password = ''] = await page.locator('code').allTextContents();
  return { username: `${local}@demo`, password, name };
}

test('after signing out, a copy of the browser’s cookies opens nothing', async ({ page, context, browser }) => {
  await signIn(page, 'internist', '/demo/patients');
  const copy = await copyOf(context, browser);
  await copy.goto('/demo/patients');
  await expect(copy.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await copy.goto('/demo/patients');
  await expect(signInHeading(copy)).toBeVisible();
  expect(await (await copy.request.get('/api/auth/session')).json()).toEqual({});
  await copy.context().close();
});

test('a password that was handed over must be changed before anything else works', async ({ page, browser }) => {
  const { username, password } = await makeAccount(page);
  const person = await enter(browser, { username, password }, '/demo/patients');
  await expect(person.getByText('Choose a password of your own')).toBeVisible();
  for (const path of ['/demo/patients', '/account', '/']) {
    await person.goto(path);
    await expect(person.getByRole('heading', { name: 'Change your password' })).toBeVisible();
  }
  await person.goto('/demo/patients');
  await person.getByLabel('Present password').fill('not this one');
  await person.getByLabel('New password', { exact: false }).first().fill('my own password');
  await person.getByLabel('New password again').fill('my own password');
  await person.getByRole('button', { name: 'Change password' }).click();
  await expect(person.getByText('This is not your present password.')).toBeVisible();
  await choosePassword(person, password, 'my own password');
  await expect(person.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await person.context().close();
});

test('whoever changes the password stays signed in in that browser alone', async ({ page, browser }) => {
  const { username, password } = await makeAccount(page);
  const here = await enter(browser, { username, password }, '/account');
  await choosePassword(here, password, 'my own password');
  await expect(here.getByRole('row', { name: /This browser/ })).toBeVisible();
  const there = await enter(browser, { username, password: 'my own password' }, '/demo/patients');
  await expect(there.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await here.reload();
  await expect(here.getByRole('row', { name: /Chrome/ })).toHaveCount(2);
  await here.getByRole('link', { name: 'Change password' }).click();
  const copy = await copyOf(here.context(), browser);
  await choosePassword(here, 'my own password', 'another of my own');
  await expect(here.getByRole('row', { name: /Chrome/ })).toHaveCount(1);
  for (const ended of [there, copy]) {
    await ended.goto('/demo/patients');
    await expect(signInHeading(ended)).toBeVisible();
    await ended.context().close();
  }
  await here.context().close();
});

test('people see where they are signed in, and end it', async ({ page, browser }) => {
  const { username, password } = await makeAccount(page);
  const here = await enter(browser, { username, password }, '/account');
  await choosePassword(here, password, 'my own password');
  const others: Page[] = [];
  for (let count = 0; count < 3; count++) {
    const other = await enter(browser, { username, password: 'my own password' }, '/demo/patients');
    await expect(other.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
    others.push(other);
  }
  await here.reload();
  await here
    .getByRole('button', { name: /^Sign out of Chrome/ })
    .first()
    .click();
  await here.getByRole('alertdialog').getByRole('button', { name: 'Sign out there' }).click();
  await expect(here.getByRole('row', { name: /Chrome/ })).toHaveCount(3);
  await here.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await here.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(here.getByRole('row', { name: /Chrome/ })).toHaveCount(1);
  for (const other of others) {
    await other.goto('/demo/patients');
    await expect(signInHeading(other)).toBeVisible();
    await other.context().close();
  }
  await here.context().close();
});

test('an administrator resets a password: the person is signed out, and must change the new one', async ({
  page,
  browser,
}) => {
  const { username, password, name } = await makeAccount(page);
  const person = await enter(browser, { username, password }, '/demo/patients');
  await choosePassword(person, password, 'my own password');
  await expect(person.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();

  await page.goto('/demo/admin/members');
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: `Reset password of ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset password' }).click();
  await expect(page.getByText(`${name} has a new password`)).toBeVisible();
  const [handedOver = ''] = await page.locator('code').allTextContents();

  await person.goto('/demo/patients');
  await expect(signInHeading(person)).toBeVisible();
  await fillSignIn(person, { username, password: handedOver });
  await choosePassword(person, handedOver, 'yet another password');
  await expect(person.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await person.context().close();
});

test('one’s own password is not reset, nor that of an account which also belongs to another sandbox', async ({
  page,
  browser,
}) => {
  const guest = await acceptedGuest(page, browser, 'stranger');
  await page.goto('/demo/admin/members');
  await page
    .getByRole('row', { name: /stranger/ })
    .getByRole('link')
    .click();
  await page.getByRole('button', { name: /^Reset password of/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset password' }).click();
  await expect(page.getByText('also belongs to another sandbox')).toBeVisible();
  await guest.goto('/account');
  await expect(guest.getByRole('row', { name: /This browser/ })).toBeVisible();
  await guest.context().close();
  await page.goto('/demo/admin/members');
  await removeMember(page, /stranger/);
  await page.getByRole('link', { name: 'Morgan Reyes' }).click();
  await expect(page.getByRole('link', { name: 'Change your password' })).toBeVisible();
});
