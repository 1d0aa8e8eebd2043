/** The EHR asks an outside vendor's CDS services, some of which misbehave. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type CdsVendor, startVendor } from './fixtures/cds-services.ts';
import { signIn } from './fixtures/people.ts';

let vendor: CdsVendor;
const chart = '/riverside/patients/river-baby';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ baseURL }) => {
  vendor = await startVendor('river-baby', `${baseURL}/samples/bilirubin-chart/launch`);
});
test.afterAll(() => vendor.stop());

const advice = (page: Page): Locator => page.getByRole('region', { name: 'Decision support' });

test('an administrator registers services by their address, and is told which cannot be used', async ({ page }) => {
  await signIn(page, 'stranger', '/riverside/admin/cds-services');
  await expect(page.getByText('No CDS service is registered')).toBeVisible();
  const address = page.getByLabel('Address of the services');
  await address.fill('http://127.0.0.1:1');
  await page.getByRole('button', { name: 'Add services' }).click();
  await expect(page.getByText('The address cannot be reached.')).toBeVisible();
  await address.fill(vendor.origin);
  await page.getByRole('button', { name: 'Add services' }).click();
  await expect(page.getByText(/^Registered: The good one \(patient-view\)/)).toBeVisible();
  await expect(page.getByText('old: the hook medication-prescribe is not supported here.')).toBeVisible();
  await expect(page.getByText(/^services\[12\]: id is missing/)).toBeVisible();
  await expect(page.getByRole('table').getByText('Never')).toHaveCount(11);
});

test('what a service may see is ticked, in words, before it is enabled; until then no chart asks it', async ({
  page,
}) => {
  await signIn(page, 'stranger', '/riverside/admin/cds-services');
  await expect(page.getByRole('table').getByText('Disabled')).toHaveCount(11);
  for (const form of await page.getByRole('form', { name: /^What .* may see$/ }).all()) {
    for (const box of await form.getByRole('checkbox').all()) await box.check();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByText('Saved.')).toBeVisible();
  }
  const enable = page.getByRole('button', { name: /^Enable / });
  for (let left = await enable.count(); left > 0; left -= 1) {
    await enable.first().click();
    await expect(enable).toHaveCount(left - 1);
  }
  await expect(page.getByRole('table').getByText('Enabled', { exact: true })).toHaveCount(11);
});

test('the chart stands before any service has answered, and shows each answer as it comes', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  await expect(page.getByRole('heading', { name: /Banks/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Medications' })).toBeVisible();
  await expect(advice(page).getByText('Asking The late one…')).toBeVisible();
  await expect(advice(page).getByRole('article', { name: 'Critical advice' })).toBeVisible();
  vendor.release();
  await expect(advice(page).getByRole('article', { name: 'Late advice' })).toBeVisible();

  for (const said of [
    'The slow one did not answer within 5 s.',
    'The redirecting one answered with a redirect, which is not followed.',
    'The huge one answered with more than 1 MB.',
    'The broken one answered with something that is not JSON.',
    'The hungry one could not get the data that it needs, and said so (412).',
    'The malformed one sent a card that cannot be shown. cards[0]: summary is empty.',
  ]) {
    await expect(advice(page).getByText(said)).toBeVisible();
  }
  await expect(advice(page).getByRole('article', { name: 'The good one of two' })).toBeVisible();
});

test('the detail of a card is text, and nothing else of a stranger', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn(page, 'stranger', chart);
  const card = advice(page).getByRole('article', { name: 'Critical advice' });
  await expect(card.getByText('Look', { exact: true })).toHaveCSS('font-weight', /[67]00/);
  await expect(card.getByRole('listitem').filter({ hasText: 'this' })).toBeVisible();
  await expect(card.locator('img, script, a[href^="javascript"]')).toHaveCount(0);
  expect(asked.filter((url) => url.includes('vendor.example'))).toEqual([]);
});

test('a suggestion is accepted, and its service is told', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  const card = advice(page).getByRole('article', { name: 'Critical advice' });
  await card.getByRole('button', { name: 'Order a follow-up' }).click();
  await expect(card.getByText('Done. 1 written to the record.')).toBeVisible();
  await expect
    .poll(() => vendor.feedback)
    .toContainEqual(
      expect.objectContaining({ card: 'card-1', outcome: 'accepted', acceptedSuggestions: [{ id: 'suggestion-1' }] }),
    );
});

test('a card is dismissed with a reason, by the keyboard alone', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  const card = advice(page).getByRole('article', { name: 'Advice with links' });
  await card.getByRole('button', { name: 'Dismiss: Advice with links' }).focus();
  await page.keyboard.press('Enter');
  await expect(card.getByLabel('Why is this dismissed?')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Known for long');
  await page.keyboard.press('Enter');
  await expect(card.getByText('Dismissed.')).toBeVisible();
  await expect
    .poll(() => vendor.feedback)
    .toContainEqual(
      expect.objectContaining({
        card: 'card-2',
        outcome: 'overridden',
        overrideReason: { reason: expect.objectContaining({ code: 'seen' }), userComment: 'Known for long' },
      }),
    );
});

test('links open pages and registered apps, and say why others do not open', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  const card = advice(page).getByRole('article', { name: 'Advice with links' });
  const guideline = card.getByRole('link', { name: 'Guideline' });
  await expect(guideline).toHaveAttribute('target', '_blank');
  await expect(guideline).toHaveAttribute('rel', /noopener/);
  await expect(card.getByText('No enabled app with the launch URI https://unknown.example/launch')).toBeVisible();
  await expect(card.getByRole('button', { name: /Unknown app/ })).toHaveCount(0);
  const opened = page.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Launch Known app' }).click();
  const app = await opened;
  await expect(app.getByText('Opened with the app context context of the card')).toBeVisible();
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Banks');
});

test('an order gets advice when it is chosen and before it is signed, and is signed only then', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  const order = page.getByRole('region', { name: 'New order' });
  const choose = () => order.getByLabel('Medication').selectOption({ label: 'Ibuprofen 200 mg oral tablet' });
  await choose();
  await expect(order.getByRole('article', { name: 'Advice about the choice' })).toBeVisible();
  await order.getByRole('button', { name: 'Sign order' }).click();
  await order.getByRole('button', { name: 'Cancel the order' }).click();
  await expect(order.getByText('The order was changed.')).toBeVisible();
  await expect(order.getByRole('button', { name: 'Sign order' })).toBeDisabled();
  await expect(page.getByRole('region', { name: 'Medications' })).not.toContainText('Ibuprofen');

  await choose();
  await order.getByRole('button', { name: 'Sign order' }).click();
  await expect(order.getByRole('article', { name: 'Advice before signing' })).toBeVisible();
  await order.getByRole('button', { name: 'Confirm and sign' }).click();
  await expect(order.getByText('The order is signed.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Medications' })).toContainText('Ibuprofen 200 mg oral tablet');
});

test('starting an encounter gets advice for it', async ({ page }) => {
  await signIn(page, 'stranger', chart);
  await page.getByRole('button', { name: 'Start encounter' }).click();
  await expect(page.getByRole('article', { name: 'Advice for this visit' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Encounters' })).toContainText('in-progress');
});

test('the administration tells how the last calls ended, and turns services off', async ({ page }) => {
  await signIn(page, 'stranger', '/riverside/admin/cds-services');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row('The slow one')).toContainText('did not answer within 5 s');
  await expect(row('The good one')).toContainText('answered with 2 cards');
  await page.getByRole('button', { name: 'Disable The good one (patient-view)' }).click();
  await expect(row('The good one')).toContainText('Disabled');
  await page.getByRole('button', { name: 'Remove The slow one (patient-view)' }).click();
  await page.getByRole('button', { name: 'Remove service' }).click();
  await expect(row('The slow one')).toHaveCount(0);
  await page.goto(chart);
  await expect(advice(page).getByRole('article', { name: 'The good one of two' })).toBeVisible();
  await expect(advice(page).getByRole('article', { name: 'Critical advice' })).toHaveCount(0);
});
