import { bringAxe, violations } from './audit.ts';
import { expect, test } from './workbench.ts';

test('the code of a finding leads to its page, and the way back leads to the finding', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample('Service without Pods');
  await page.getByRole('link', { name: 'What is wrong?' }).click();
  await page.getByRole('link', { name: 'About selector-matches-no-pods' }).first().click();
  await expect(page).toHaveURL(/#failures\/selector-matches-no-pods$/);
  await expect(page.getByRole('heading', { name: 'selector-matches-no-pods' })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'What is wrong?' })).toBeVisible();
});

test('an address that names a code shows its example, which plays until the request fails', async ({ workbench, page }) => {
  await page.clock.install();
  await page.goto('#failures/ingress-path-unmatched');
  const map = page.getByRole('region', { name: 'The request of the example on the map' });
  // A first visit to this page loads all that it needs.
  await expect(map).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  const packet = map.getByTestId('packet');
  const places = new Set<string>();
  for (let tick = 0; tick < 20; tick += 1) {
    await page.clock.runFor(200);
    places.add(await packet.evaluate((element) => getComputedStyle(element).offsetDistance));
  }
  expect(places.size).toBeGreaterThan(3);
  await page.clock.runFor(30_000);
  await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();
  await expect(map.getByText('What the client sees')).toBeVisible();
  await expect(page.getByLabel('Manifests of the example').locator('mark').first()).toBeVisible();
  await page.getByRole('button', { name: 'Open this example' }).click();
  await workbench.settle();
  await expect(workbench.map).toBeVisible();
  await expect(workbench.player.getByText(/404/).first()).toBeVisible();
});

test('the list is narrowed by what is typed and by severity', async ({ page }) => {
  await page.goto('#failures');
  const list = page.getByRole('navigation', { name: 'List of failures' });
  await list.getByLabel('Show only').fill('f-18');
  await expect(list.getByRole('link', { name: /selector-matches-no-pods/ })).toBeVisible();
  await expect(list.getByRole('link', { name: /ingress-path-unmatched/ })).toBeHidden();
  await list.getByLabel('Severity').selectOption('note');
  await expect(list.getByText('0 failures')).toBeVisible();
});

test('a name that no failure has is said to be unknown', async ({ page }) => {
  await page.goto('#failures/no-such-thing');
  await expect(page.getByText('Podpath knows no failure named no-such-thing.')).toBeVisible();
});

test('with nothing pasted, the page of what is wrong says what to do', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.settle();
  await workbench.paste(' ');
  await page.getByRole('link', { name: 'What is wrong?' }).click();
  await expect(page.getByText('There are no manifests to look at yet.')).toBeVisible();
  await expect(page.getByText('Nothing is wrong')).toBeHidden();
  await page.getByRole('button', { name: 'Paste manifests' }).click();
  await expect(workbench.text).toBeVisible();
});

const STATES = [
  ['the list of failures', '#failures'],
  ['an entry', '#failures/network-policy-blocks'],
  ['what is wrong', '#findings'],
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const [name, hash] of STATES) {
    test(`axe finds nothing in ${name} at 390 px, ${theme}, and nothing is wider than the window`, async ({ page }) => {
      await bringAxe(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.goto(hash);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
      await expect(page.getByText(/Running the example|Sending requests through/)).toHaveCount(0);
      expect(await violations(page)).toEqual([]);
      expect(await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThanOrEqual(0);
    });
  }
}
