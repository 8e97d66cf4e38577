import { expect, test } from './workbench.ts';

test('the whole flow by keyboard: ask, step through the hops, hear each sentence', async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(30_000);
  await workbench.url.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('https://shop.example.com/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(workbench.player.getByText(/200 from web-/)).toBeVisible();

  const said = workbench.player.getByRole('status');
  await workbench.player.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('Home');
  const sentences = new Set<string>();
  for (let hop = 1; hop <= 5; hop += 1) {
    await expect(workbench.details).toContainText(`Hop ${hop} of 5`);
    await expect(said).not.toBeEmpty();
    sentences.add((await said.textContent()) ?? '');
    await page.keyboard.press('ArrowRight');
    await page.clock.runFor(5000);
  }
  expect(sentences.size).toBe(5);
});

test('every control can be reached with the Tab key and shows where the focus is', async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(30_000);
  await page.locator('body').press('Tab');
  const text = await workbench.text.innerText();
  const seen = new Set<string>();
  for (let step = 0; step < 260; step += 1) {
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || element.matches('.cm-content, input[type="radio"], .cm-content *');
      return { name: element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '', ring };
    });
    // Once around is enough.
    if (!focus && seen.size > 1) break;
    if (focus) {
      seen.add(focus.name);
      expect(focus.ring || focus.name === '', `no focus ring on «${focus.name}»`).toBe(true);
    }
    await page.keyboard.press('Tab');
  }
  // Whoever walks through the editor changes nothing in it.
  expect(await workbench.text.innerText()).toBe(text);
  for (const name of ['Examples', 'Share', 'Previous hop', 'Play again'])
    expect(
      [...seen].some((one) => one.includes(name)),
      name,
    ).toBe(true);
});
