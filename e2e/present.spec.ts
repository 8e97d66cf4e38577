import { expect, test } from './workbench.ts';

test('a request is presented hop by hop with the keys of a clicker, and Escape leads back', async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(30_000);
  await page.keyboard.press('p');
  const slide = page.getByRole('region', { name: 'This hop' });
  const said = page.getByRole('main', { name: 'Presentation: Path' }).getByRole('status');
  await expect(slide).toContainText('Hop 1 of 5');
  await expect(said).toContainText('Hop 1 of 5');

  // The packet rides to the next hop, and the words come with it.
  await page.keyboard.press('PageDown');
  await page.clock.runFor(200);
  await expect(page.getByTestId('packet')).not.toHaveAttribute('data-standing');
  await expect(slide).toContainText('Hop 1 of 5');
  await page.clock.runFor(2000);
  await expect(page.getByTestId('packet')).toHaveAttribute('data-standing');
  await expect(said).toContainText('Hop 2 of 5');
  await page.clock.runFor(60_000);
  await expect(slide).toContainText('Hop 2 of 5');

  // Two presses are two hops, wherever the packet is.
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.clock.runFor(2000);
  await expect(slide).toContainText('Hop 4 of 5');
  await expect(slide.getByRole('figure')).toContainText('Ingress/shop/shop manifests.yaml, lines');
  await expect(slide.locator('mark').first()).toContainText('path: /api');
  await page.keyboard.press('PageUp');
  await expect(slide).toContainText('Hop 3 of 5');
  await page.keyboard.press('End');
  await expect(said).toContainText('200 from api-');
  await page.keyboard.press('Home');
  await expect(slide).toContainText('Hop 1 of 5');
  await page
    .getByRole('list', { name: 'Hops of this request' })
    .getByRole('button', { name: /^Hop 3: / })
    .click();
  await page.keyboard.press('Space');
  await page.clock.runFor(2000);
  await expect(slide).toContainText('Hop 4 of 5');

  await page.keyboard.press('Escape');
  await expect(workbench.details).toContainText('Hop 4 of 5');
  await page.clock.runFor(100);
  await expect(page.getByRole('button', { name: 'Present (P)' })).toBeFocused();
});

test('a link made in a presentation opens it at that hop', async ({ workbench, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.open();
  await page.clock.runFor(30_000);
  await page.getByRole('button', { name: 'Present (P)' }).click();
  await expect(page.getByRole('region', { name: 'This hop' })).toContainText('Hop 1 of 5');
  await page.keyboard.press('ArrowRight');
  await page.clock.runFor(2000);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/#v2\./);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('region', { name: 'This hop' })).toContainText('Hop 2 of 5');
  await other.keyboard.press('Escape');
  await expect(other.getByRole('complementary', { name: 'Details' })).toContainText('Hop 2 of 5');
});

test('without motion the next hop is there at once', async ({ workbench, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await workbench.open();
  await page.keyboard.press('p');
  const slide = page.getByRole('region', { name: 'This hop' });
  await expect(slide).toContainText('Hop 1 of 5');
  await page.keyboard.press('ArrowRight');
  await expect(slide).toContainText('Hop 2 of 5');
});

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
  [390, 844],
] as const) {
  test(`at ${width} × ${height} no text of a presentation is smaller than 18 px, and nothing is cut off sideways`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await workbench.open();
    await page.keyboard.press('p');
    const slide = page.getByRole('region', { name: 'This hop' });
    for (let hop = 1; hop <= 6; hop += 1) {
      await expect(slide).toContainText(hop < 6 ? `Hop ${hop} of 5` : 'Reply');
      const found = await page.evaluate(() => {
        const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a;
        const texts = [...document.querySelectorAll('main *')].filter(
          (element) =>
            [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) &&
            element.getClientRects().length > 0 &&
            !element.closest('.visually-hidden'),
        );
        const size = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize) * (element.closest('.react-flow__viewport') ? zoom : 1);
        return {
          small: texts.filter((element) => size(element) < 17.99).map((element) => element.outerHTML.slice(0, 120)),
          sideways: [...document.querySelectorAll('section[aria-label="This hop"] *')]
            .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
            .map((element) => element.outerHTML.slice(0, 120)),
        };
      });
      expect(found, `hop ${hop}`).toEqual({ small: [], sideways: [] });
      await page.keyboard.press('ArrowRight');
    }
  });
}

test('a comparison is presented too: large, by link, and column by column with the keys of a clicker', async ({ workbench, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 720 });
  await workbench.open();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  const table = page.getByRole('table', { name: /every column is one way/ });
  await expect(table).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Present (P)' }).click();
  await expect(page.getByRole('main', { name: 'Presentation: Compare' })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/#v2\./);

  const other = await context.newPage();
  await other.setViewportSize({ width: 1280, height: 720 });
  await other.emulateMedia({ reducedMotion: 'reduce' });
  await other.goto(page.url());
  const heads = other.getByRole('columnheader');
  await expect(heads.first()).toBeVisible({ timeout: 20_000 });
  const small = await other.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
      .filter((element) => element.getClientRects().length > 0 && !element.closest('.visually-hidden'))
      .filter((element) => {
        const scale = element.closest('svg')?.getScreenCTM()?.a ?? 1;
        return Number.parseFloat(getComputedStyle(element).fontSize) * scale < 17.99;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(small).toEqual([]);
  const before = (await heads.nth(1).boundingBox())!.x;
  await other.keyboard.press('PageDown');
  await expect.poll(async () => (await heads.nth(1).boundingBox())!.x).toBeLessThan(before - 100);
  await other.keyboard.press('PageUp');
  await expect.poll(async () => (await heads.nth(1).boundingBox())!.x).toBe(before);
  await other.keyboard.press('Escape');
  await expect(other.getByRole('button', { name: 'Present (P)' })).toBeVisible();
});
