import { bringAxe, violations } from './audit.ts';
import { expect, test, type Workbench } from './workbench.ts';

const STATES: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  'the end of a delivered request': async () => {},
  'a failing request': async (workbench) => workbench.openExample('Service without Pods'),
  'a request that depends': async (workbench) => workbench.openExample('A part of a cluster'),
  'no route': async (workbench) => workbench.openExample('LoadBalancer that stays pending'),
  'a broken document': async (workbench) => workbench.paste('kind: Service\n  broken: ['),
  'nothing pasted': async (workbench) => workbench.paste(' '),
  'the environment': async (workbench) => workbench.page.getByRole('tab', { name: 'Environment' }).click(),
  'the examples': async (workbench) => workbench.page.getByRole('button', { name: 'Examples' }).click(),
  'a presented hop': async (workbench) => {
    await workbench.page.clock.runFor(1000);
    await workbench.page.keyboard.press('p');
    await expect(workbench.page.getByRole('region', { name: 'This hop' })).toBeVisible();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('PageUp');
  },
  'the headers': async (workbench) => workbench.page.getByRole('button', { name: /Headers/ }).click(),
};

for (const theme of ['light', 'dark'] as const) {
  for (const [name, reach] of Object.entries(STATES)) {
    test(`axe finds nothing in ${name}, ${theme}`, async ({ workbench, page }) => {
      await bringAxe(page);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await workbench.open();
      await expect(workbench.text).toBeVisible();
      await reach(workbench);
      await workbench.settle();
      expect(await violations(page)).toEqual([]);
    });
  }
}

for (const width of [390, 1024]) {
  test(`axe finds nothing at ${width} px`, async ({ workbench, page }) => {
    await bringAxe(page);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await workbench.open();
    await workbench.settle();
    expect(await violations(page)).toEqual([]);
  });
}
