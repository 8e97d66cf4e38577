import { bringAxe, violations } from './audit.ts';
import { expect, test } from './workbench.ts';

test('how exact the answers are is one step away from the map, and the way back leads to it', async ({ workbench, page }) => {
  await workbench.open();
  await page.getByRole('link', { name: 'How exact is this?' }).click();
  await expect(page.getByRole('heading', { name: 'How exact is this?' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'kube-proxy: its tables of packet flows' })).toBeVisible();
  await page.goBack();
  await expect(workbench.map).toBeVisible();
});

test('every suite says where it was read, and tells each case that is not as stated', async ({ page }) => {
  await page.goto('#exactness');
  const suites = page.getByRole('listitem').filter({ has: page.getByText(/^Read from/) });
  await expect(suites.first()).toBeVisible();
  for (const suite of await suites.all()) await expect(suite.getByRole('link').first()).toHaveAttribute('href', /^https:\/\/github\.com\//);
  // By keyboard: what is folded away opens where the focus is.
  for (const summary of await page.locator('summary').all()) {
    await summary.focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('details:not([open])')).toHaveCount(0);
  const { told, counted } = await page.evaluate(() => ({
    told: [...document.querySelectorAll('li li [data-fact]')].length,
    counted: [...document.querySelectorAll('dt')].find((term) => term.textContent === 'not as stated')?.nextElementSibling?.textContent,
  }));
  expect(String(told)).toBe(counted);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page of exactness, and nothing leaves its width, ${theme}`, async ({ page }) => {
    await bringAxe(page);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto('#exactness');
    for (const width of [390, 1024, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.getByRole('heading', { name: 'Suite by suite' })).toBeVisible();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await violations(page), `at ${width} px`).toEqual([]);
      const isSideways = await page.evaluate(() => {
        const main = document.querySelector('main')!;
        return document.documentElement.scrollWidth > document.documentElement.clientWidth || main.scrollWidth > main.clientWidth;
      });
      expect(isSideways, `at ${width} px`).toBe(false);
    }
  });
}
