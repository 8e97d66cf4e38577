import { bringAxe, violations } from './audit.ts';
import { expect, test } from './workbench.ts';

test('a policy that stops a request stands on the map with its rule', async ({ workbench }) => {
  await workbench.open();
  await workbench.openExample('NetworkPolicy: one namespace apart');
  await workbench.settle();
  await expect(workbench.map.getByText(/payments\/ledger\s+spec\.ingress\[0\]/)).toBeVisible();
});

test('the lanes of a workload say why, and send the request that shows it', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample('NetworkPolicy: one namespace apart');
  await page.getByRole('link', { name: 'Policies' }).click();
  const into = page.getByRole('region', { name: 'Who may reach ledger' });
  await into.getByRole('button', { name: /frontend/ }).click();
  await expect(into.getByText('either would be enough')).toBeVisible();
  await into.getByRole('button', { name: 'Send this request' }).click();
  await expect(workbench.map).toBeVisible();
  await expect(workbench.url).toHaveValue('tcp://ledger.payments:80');
});

test('the matrix is one stop of the Tab key, and arrows lead through it', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample('NetworkPolicy: one namespace apart');
  await page.getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('tab', { name: 'All of them' }).click();
  await page.locator('[data-place="0 0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^checkout to ledger: a rule allows it/ })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'checkout to ledger' })).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page of policies, and nothing leaves its width, ${theme}`, async ({ workbench, page }) => {
    await bringAxe(page);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await workbench.open();
    await workbench.openExample('NetworkPolicy: one namespace apart');
    await page.getByRole('link', { name: 'Policies' }).click();
    for (const view of ['One workload', 'All of them']) {
      await page.getByRole('tab', { name: view }).click();
      for (const width of [1024, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    }
  });
}
