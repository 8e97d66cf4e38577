import { bringAxe, violations } from './audit.ts';
import { expect, test, type Workbench } from './workbench.ts';

/** An example whose Service selects no Pod, by one letter. */
const BROKEN = 'Service without Pods';

/** Opens the page of what is wrong, with its first problem open and its edits tried. */
async function openFindings({ page }: Workbench): Promise<void> {
  await page.getByRole('link', { name: 'What is wrong?' }).click();
  await expect(page.getByRole('button', { name: 'Fix', exact: true }).first()).toBeVisible();
}

test('a person reads the first problem and plays the request that fails because of it', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample(BROKEN);
  await openFindings(workbench);
  const errors = page.getByRole('region', { name: 'Errors: a request fails' });
  await expect(errors.getByRole('button', { expanded: true })).toContainText('app: order is 1 letter from app: orders on 2 Pods.');
  await expect(errors.getByText('Failed to connect')).toBeVisible();
  await page.getByRole('button', { name: 'Play this request' }).click();
  await workbench.settle();
  await expect(workbench.map).toBeVisible();
  await expect(workbench.url).toHaveValue('http://orders/new');
  await expect(workbench.player.getByText(/refused/).first()).toBeVisible();
});

test('a fix is shown before it is made, its request arrives, and one key undoes it', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample(BROKEN);
  await openFindings(workbench);
  const diff = page.getByLabel(/^Change of manifests\.yaml at line/).first();
  await expect(diff.locator('[data-kind=gone]')).toContainText('app: order }');
  await expect(diff.locator('[data-kind=new]')).toContainText('app: orders }');
  await page.getByRole('button', { name: 'Fix', exact: true }).first().click();
  await expect(page.getByText('Nothing is wrong')).toBeVisible();
  const mended = page.getByRole('region', { name: 'The texts are mended.' });
  await expect(mended).toBeFocused();
  await mended.getByRole('button', { name: 'Play this request' }).click();
  await workbench.settle();
  await expect(workbench.player.getByText(/200 from orders-/)).toBeVisible();
  await page.getByRole('link', { name: 'What is wrong?' }).click();
  await expect(page.getByText('Nothing is wrong')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('button', { expanded: true })).toContainText('app: order is 1 letter from');
});

test('by keyboard alone: to the fix, make it, and take it back', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample(BROKEN);
  await page.getByRole('link', { name: 'What is wrong?' }).focus();
  await page.keyboard.press('Enter');
  const fix = page.getByRole('button', { name: 'Fix', exact: true }).first();
  await expect(fix).toBeVisible();
  for (let presses = 0; presses < 40 && !(await fix.evaluate((button) => button === document.activeElement)); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(fix).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'The texts are mended.' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(fix).toBeVisible();
});

test('in the editor, one key shows the fix at the cursor, and Escape leads back', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample(BROKEN);
  await workbench.settle();
  await workbench.text.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('F8');
  await page.keyboard.press('ControlOrMeta+.');
  const dialog = page.getByRole('dialog', { name: /^Fixes at line \d+ of manifests\.yaml$/ });
  await expect(dialog.getByLabel(/^Change of manifests\.yaml/)).toContainText('app: orders }');
  await page.keyboard.press('Escape');
  await expect(workbench.text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+.');
  const fix = dialog.getByRole('button', { name: 'Fix', exact: true });
  await fix.focus();
  await page.keyboard.press('Enter');
  await workbench.settle();
  await expect(workbench.player.getByText(/200 from orders-/)).toBeVisible();
  await workbench.text.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await workbench.settle();
  await expect(workbench.player.getByText(/refused/).first()).toBeVisible();
});

test('the box of the object at fault wears a badge that leads to its problem', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample(BROKEN);
  await workbench.settle();
  await workbench.map.getByRole('button', { name: '1 problem with Service orders: show what is wrong' }).click();
  await expect(page.getByRole('button', { expanded: true })).toContainText('app: order is 1 letter from');
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing on the page of what is wrong, and nothing leaves its width, ${theme} at ${width} px`, async ({ workbench, page }) => {
      await bringAxe(page);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await workbench.open();
      await workbench.openExample(BROKEN);
      await openFindings(workbench);
      await page.setViewportSize({ width, height: 844 });
      expect(await violations(page)).toEqual([]);
      expect(await page.getByRole('main').evaluate((main) => main.scrollWidth <= main.clientWidth)).toBe(true);
      await page.getByRole('button', { name: 'Fix', exact: true }).first().click();
      await expect(page.getByText('Nothing is wrong')).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }
}
