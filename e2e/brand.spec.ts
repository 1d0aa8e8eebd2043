import { expect, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

test('an administrator changes the brand, and apps see it [SMART 402 403]', async ({ page, request }) => {
  await signIn(page, 'admin', '/demo/admin/brand');
  const website = page.getByRole('textbox', { name: 'Public website' });
  const color = page.getByRole('textbox', { name: 'Colour' });
  const addresses = page.getByRole('group', { name: /^Address/ });
  const before = await color.inputValue();
  const places = await addresses.count();

  await website.fill('http://lakeside.example');
  await page.getByRole('button', { name: 'Save brand' }).click();
  await expect(page.getByText(/^This must use https/)).toBeVisible();
  await website.fill('https://www.lakeside.example/');

  await color.fill('#ffd400');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('white text would be hard to read');
  await page.getByRole('textbox', { name: 'Identifiers' }).fill('urn:oid:1.2.3|lakeside');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await expect(addresses).toHaveCount(places + 1);
  await addresses.last().getByLabel('City').fill('Monona');
  await page.getByRole('button', { name: 'Save brand' }).click();
  await expect(page.getByText('The brand is saved')).toBeVisible();

  const configuration = await (await request.get('/demo/fhir/.well-known/smart-configuration')).json();
  const bundle = JSON.stringify(await (await request.get(configuration.user_access_brand_bundle)).json());
  expect(bundle).toContain('{"system":"urn:oid:1.2.3","value":"lakeside"}');
  expect(bundle).toContain('{"system":"urn:ietf:rfc:3986","value":"https://lakeside.example"}');
  expect(bundle).toContain('{"city":"Monona"}');

  await addresses
    .last()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(addresses).toHaveCount(places);
  await color.fill(before);
  await page.getByRole('button', { name: 'Save brand' }).click();
  await expect(page.getByText('The brand is saved')).toBeVisible();
  await page.reload();
  await expect(addresses).toHaveCount(places);
  await expect(color).toHaveValue(before);
});
