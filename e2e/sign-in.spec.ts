import { expect, test } from '@playwright/test';
import { fillSignIn, people, signIn, signInByForm } from './fixtures/people.ts';

test('a wrong password is said beside the form, and the username stays', async ({ page }) => {
  await page.goto('/demo/patients');
  await fillSignIn(page, { username: 'clinician', password: 'not the password' });
  await expect(page.getByText('This username and password do not go together')).toBeVisible();
  await expect(page.getByLabel('Username')).toHaveValue('clinician');
});

test('whoever signs in lands on the page they asked for, and leaves by signing out', async ({ page }) => {
  await signInByForm(page, 'clinician', '/demo/patients');
  await expect(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Account of Dr. Grace Chen' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await page.goto('/demo/patients');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('signing in never leads to another site', async ({ page }) => {
  await page.goto('/sign-in?callbackUrl=https://evil.example/');
  await fillSignIn(page, people.clinician);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in');
  expect(new URL(page.url()).hostname).toBe('localhost');
});

test('a member of one sandbox cannot enter another', async ({ page }) => {
  await signIn(page, 'clinician', '/');
  const answer = await page.goto('/riverside/patients');
  expect(answer?.status()).toBe(403);
});
