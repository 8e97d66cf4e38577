import { expect, test } from './workbench.ts';

test('a link brings back the texts, the request and the step', async ({ workbench, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.open();
  await workbench.openExample('A call into another namespace');
  await page.clock.runFor(30_000);
  await page.getByRole('button', { name: /^3 Translate/ }).click();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/#v1\./);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('combobox', { name: 'URL, or a curl command' })).toHaveValue('http://users.accounts/me');
  await expect(other.getByRole('complementary', { name: 'Details' })).toContainText('Hop 3 of');
});

test('a request for another TLS server name is sent so, and its link says it too', async ({ workbench, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.open();
  await page.getByRole('button', { name: /^Headers/ }).click();
  await page.getByText('Details of the connection').click();
  await page.getByLabel('TLS server name').fill('other.example.com');
  await page.keyboard.press('Escape');
  await workbench.send.click();
  await workbench.settle();
  await expect(workbench.details).toContainText('other.example.com');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/#v3\./);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('complementary', { name: 'Details' })).toContainText('other.example.com');
});

test('a broken link says so and offers a way on', async ({ page }) => {
  await page.goto('#v1.not-a-link');
  await expect(page.getByRole('heading', { name: 'This link cannot be read' })).toBeVisible();
  await page.getByRole('button', { name: 'Open an example' }).click();
  await expect(page.getByRole('region', { name: 'Player' })).toBeVisible();
});

test('an unknown address shows the 404 page with the way home', async ({ page }) => {
  const response = await page.goto('nothing-here');
  expect(response?.status()).toBe(404);
  await page.getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Player' })).toBeVisible();
});
