import { bringAxe, violations } from './audit.ts';
import { expect, test } from './workbench.ts';

test('rules stand in the order in which they are tried, and another path finds another winner', async ({ workbench, page }) => {
  await workbench.open();
  await page.getByRole('link', { name: 'Rules' }).click();
  const rungs = page.getByRole('main').getByRole('listitem');
  await expect(rungs.filter({ hasText: 'Takes it' })).toContainText('/api');
  await page.getByLabel('Path').fill('/search/shoes');
  await expect(rungs.filter({ hasText: 'Takes it' })).toContainText('/search');
  await expect(rungs.filter({ hasText: 'Fits, but stands lower' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Send this request' }).click();
  await expect(workbench.url).toHaveValue('https://shop.example.com/search/shoes');
  await expect(workbench.map).toBeVisible();
});

test('a route in conflict is named with the one that no request can get past', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample('Two routes in conflict');
  await page.getByRole('link', { name: 'Rules' }).click();
  const none = page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Rules that no request can reach' }) });
  await expect(none.getByRole('listitem').first()).toContainText('Behind');
  await none
    .getByRole('button', { name: /, line \d/ })
    .first()
    .click();
  await workbench.settle();
  await expect(workbench.text).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page of rules, ${theme}`, async ({ workbench, page }) => {
    await bringAxe(page);
    await page.emulateMedia({ colorScheme: theme });
    await workbench.open();
    await page.getByRole('link', { name: 'Rules' }).click();
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
