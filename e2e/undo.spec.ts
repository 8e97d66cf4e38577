import { expect, test, type Workbench } from './workbench.ts';

/** The text of the file on screen; the editor draws all lines of a text this short. */
const written = async ({ text }: Workbench) => (await text.locator('.cm-line').allTextContents()).join('\n');

const START = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web }] }
`;

test.beforeEach(async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(3000);
  await workbench.paste(START);
  await workbench.settle();
});

test('typing and edits by the program are steps of one history, by key and by button', async ({ workbench, page }) => {
  await workbench.text.press('ControlOrMeta+Home');
  await page.keyboard.type('# mine');
  await page.clock.runFor(1000);
  await page.getByRole('tab', { name: 'Environment' }).click();
  await page.getByRole('combobox', { name: 'kube-proxy mode' }).selectOption('nftables');
  await page.getByRole('tab', { name: /Manifests/ }).click();
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
  await workbench.text.press('ControlOrMeta+Home');
  await page.keyboard.type('!');
  await page.clock.runFor(1000);

  await page.keyboard.press('ControlOrMeta+z');
  expect(await written(workbench)).toBe(`# mine${START}`);
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
  // Anywhere on the page, too.
  await page.getByRole('tab', { name: /Manifests/ }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  expect(await written(workbench)).toBe(START);

  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+y');
  expect(await written(workbench)).toBe(`!# mine${START}`);
  await expect(page.getByRole('button', { name: 'Redo', exact: true })).toBeDisabled();
});

test('what is typed while an edit is on its way is not lost, and the edit is made', async ({ workbench, page }) => {
  await page.getByRole('button', { name: 'File menu' }).click();
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('tab', { name: 'Environment' }).click();
  await expect(page.getByRole('combobox', { name: 'kube-proxy mode' })).toBeVisible();
  // The choice asks the worker; the letters are typed in the same moment, before it can answer.
  await page.evaluate(() => {
    const choice = [...document.querySelectorAll('select')].find((select) => select.labels[0]?.textContent === 'kube-proxy mode')!;
    choice.value = 'nftables';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector<HTMLElement>('[role=tab]')!.click();
  });
  await workbench.text.focus();
  await page.keyboard.type('kind: Pod', { delay: 1 });
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
  await page.keyboard.type(' # typed on');
  await page.clock.runFor(1000);
  expect(await written(workbench)).toBe('kind: Pod # typed on');
  await page.getByRole('tab', { name: 'scenario.yaml' }).click();
  expect(await written(workbench)).toContain('nftables');
});

test('undo shows the file that it changes, with the cursor where it was', async ({ workbench, page }) => {
  await workbench.text.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  await page.keyboard.type('-typed');
  await page.clock.runFor(1000);
  await page.getByRole('button', { name: 'File menu' }).click();
  await page.getByRole('button', { name: 'New file' }).click();
  await expect(page.getByRole('tab', { name: 'manifests-2.yaml' })).toHaveAttribute('aria-selected', 'true');
  await workbench.text.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('tab', { name: 'manifests-2.yaml' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  expect(await written(workbench)).toBe(START);
  await page.keyboard.type('/x');
  expect(await written(workbench)).toBe(START.replace('v1', 'v1/x'));
});

test('a field of the page keeps its own undo', async ({ workbench, page }) => {
  await workbench.text.press('ControlOrMeta+Home');
  await page.keyboard.type('# mine');
  await page.clock.runFor(1000);
  await workbench.url.fill('http://web/');
  await workbench.url.press('ControlOrMeta+z');
  expect(await written(workbench)).toBe(`# mine${START}`);
});
