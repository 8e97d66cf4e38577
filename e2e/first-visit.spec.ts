import { expect, test } from './workbench.ts';

test('on the first visit an example plays once by itself and ends with the reply', async ({ workbench, page }) => {
  await workbench.open();
  await expect(workbench.player.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(workbench.details.getByText('Hop 1 of 5')).toBeVisible();
  await page.clock.runFor(30_000);
  await expect(workbench.details.getByText('Reply', { exact: false }).first()).toBeVisible();
  await expect(workbench.player.getByText('200 from api-0')).toBeVisible();
  await page.clock.runFor(30_000);
  await expect(workbench.player.getByRole('button', { name: 'Pause' })).toHaveCount(0);
});

test('with reduced motion the example stands at its end, without moving', async ({ workbench, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await workbench.open();
  await expect(workbench.player.getByText('200 from api-0')).toBeVisible();
  await expect(workbench.player.getByRole('button', { name: 'Pause' })).toHaveCount(0);
});

test('nothing leaves the browser: every request is for a file of the site, and none carries what was typed', async ({ workbench, page }) => {
  const asked: string[] = [];
  const refused: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await workbench.open();
  await workbench.paste('apiVersion: v1\nkind: Service\nmetadata: { name: very-private }\nspec: { ports: [{ port: 80 }], selector: { app: very-private } }\n');
  await workbench.ask('http://very-private.default.svc/secret-path');
  await page.clock.runFor(5000);
  expect(
    asked.filter((request) => !request.startsWith('http://localhost:4179/some/folder/') && !request.startsWith('blob:') && !request.startsWith('data:')),
  ).toEqual([]);
  expect(asked.filter((request) => /very-private|secret-path/.test(request))).toEqual([]);
  expect(refused).toEqual([]);
});

test('the page works without a network once it is open', async ({ workbench, page, context }) => {
  await workbench.open();
  await expect(workbench.text).toBeVisible();
  await page.clock.runFor(3000);
  await expect(page.getByText('1 problem').first()).toBeVisible();
  await context.setOffline(true);
  await workbench.ask('https://shop.example.com/search');
  await expect(workbench.player.getByText(/503/).first()).toBeVisible();
});
