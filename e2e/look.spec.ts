import { examples } from './example-titles.ts';
import { expect, test } from './workbench.ts';

test('every word on the page comes from the catalogue', async ({ page }) => {
  await page.clock.install();
  await page.goto('?locale=pseudo');
  await expect(page.getByRole('slider')).toBeVisible();
  await page.clock.runFor(30_000);
  const plain = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      // Texts, facts and names are the person's; definitions are opened on demand.
      if (!parent || parent.closest('script, style, noscript, code, del, ins, td, .cm-editor, pre, [data-fact], option, [role="tab"]')) continue;
      const text = node.textContent?.trim() ?? '';
      // Two plain words in a row with a vowel that the accents would have changed.
      if (/\b[a-z]*[aeiou][a-z]* [a-z]*[aeiou][a-z]*\b/.test(text) && !/[áéíóúñçý]/i.test(text)) found.push(text);
    }
    return found;
  });
  expect(plain).toEqual([]);
});

test('no text is smaller than 12 px, and nothing is cut off at any width', async ({ workbench, page }) => {
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    if (width === 390) await workbench.open();
    await page.clock.runFor(2000);
    const found = await page.evaluate(() => {
      const small = [...document.querySelectorAll('body *')].filter((element) => {
        const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
        return hasText && element.getClientRects().length > 0 && Number.parseFloat(getComputedStyle(element).fontSize) < 12;
      });
      return {
        small: small.map((element) => element.outerHTML.slice(0, 120)),
        sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      };
    });
    expect(found, `at ${width} px`).toEqual({ small: [], sideways: false });
  }
});

/** As many as one page opens well within the time of a test. */
const AT_ONCE = 6;

for (let first = 0; first < examples.length; first += AT_ONCE) {
  const some = examples.slice(first, first + AT_ONCE);
  test(`on ${some[0]} and the ${some.length - 1} examples after it no two boxes of the map overlap and no text leaves its box`, async ({ workbench, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await workbench.open();
    for (const title of some) {
      await workbench.openExample(title);
      await expect(workbench.player.getByRole('button', { name: 'Pause' })).toHaveCount(0);
      const problems = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
        const found: string[] = [];
        for (const [index, box] of boxes.entries()) {
          const a = box.getBoundingClientRect();
          for (const other of boxes.slice(index + 1)) {
            const b = other.getBoundingClientRect();
            if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5)
              found.push(`${box.textContent} overlaps ${other.textContent}`);
          }
          // A badge sits on the corner of its box, half outside.
          for (const part of box.querySelectorAll('*:not([data-badge])')) {
            const r = part.getBoundingClientRect();
            if (r.width > 0 && (r.right > a.right + 1 || r.bottom > a.bottom + 1 || r.left < a.left - 1 || r.top < a.top - 1))
              found.push(`${part.textContent} leaves its box`);
          }
        }
        return boxes.length === 0 ? ['no boxes'] : found;
      });
      expect(problems, title).toEqual([]);
    }
  });
}
