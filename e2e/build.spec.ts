import { expect, test, type Workbench } from './workbench.ts';

// Each of these waits for the engine again and again.
test.describe.configure({ timeout: 60_000 });

/** An empty page with the palette open, as somebody finds it who wants to draw. */
async function beginWithNothing(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.open();
  await page.clock.runFor(3000);
  await page.getByRole('button', { name: 'File menu' }).click();
  await page.getByRole('button', { name: 'Remove all files' }).click();
  await page.clock.runFor(1000);
  await page.getByRole('tab', { name: 'Add' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search components' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Service · ClusterIP/ })).toBeVisible();
}

/** The Ingress example of every introduction: an address outside, one rule, one Service, two Pods. */
async function expectArrival(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.settle();
  await expect(workbench.player).toContainText('200 from web-');
  await page.getByRole('tab', { name: /Manifests/ }).click();
  const text = (await workbench.text.locator('.cm-line').allTextContents()).join('\n');
  expect(text.match(/^kind: \w+$/gm)).toEqual(['kind: Deployment', 'kind: Service', 'kind: Ingress']);
  // Nothing empty, nothing that would be the default.
  expect(text).not.toMatch(/: (?:\{\}|\[\]|""|null)$|protocol: TCP|type: ClusterIP|namespace: default/m);
}

test('the Ingress example is drawn with the mouse in at most twelve gestures, and its request arrives', async ({ workbench, page }) => {
  await beginWithNothing(workbench);
  let gestures = 1;
  const drag = async (name: RegExp, onto: ReturnType<Workbench['page']['locator']>, targetPosition?: { x: number; y: number }) => {
    await page.getByRole('button', { name }).dragTo(onto, targetPosition ? { targetPosition } : {});
    gestures += 1;
    await workbench.settle();
  };
  await drag(/^Deployment Keeps/, page.locator('main').getByRole('heading').first());
  await drag(/^Service · ClusterIP/, workbench.map.locator('.react-flow__pane'), { x: 40, y: 40 });
  const box = (name: RegExp) => workbench.map.locator('.react-flow__node').filter({ hasText: name });

  // A line from the Service to the Deployment.
  await box(/^(?:Service)?web.*10\.96/s)
    .locator('.react-flow__handle.source')
    .hover();
  await page.mouse.down();
  await box(/Deployment/).hover();
  await page.mouse.up();
  gestures += 1;
  await workbench.settle();
  await expect(workbench.map.locator('.react-flow__node').filter({ hasText: 'web-0' })).toBeVisible();

  await drag(/^Ingress Rules/, box(/10\.96/));
  await workbench.send.click();
  gestures += 1;
  expect(gestures).toBeLessThanOrEqual(12);
  await expectArrival(workbench);
});

test('the same by keyboard alone', async ({ workbench, page }) => {
  await beginWithNothing(workbench);
  const search = page.getByRole('searchbox', { name: 'Search components' });
  let gestures = 2;
  await search.focus();
  for (const word of ['deployment', 'clusterip', 'ingress rules']) {
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    gestures += 2;
    await workbench.settle();
    await expect(search).toHaveValue('');
  }
  await page.keyboard.press('Control+Enter');
  gestures += 1;
  expect(gestures).toBeLessThanOrEqual(12);
  await expectArrival(workbench);
});

test('a web app behind a Gateway is built by keyboard, and its request arrives', async ({ workbench, page }) => {
  await beginWithNothing(workbench);
  const search = page.getByRole('searchbox', { name: 'Search components' });
  await search.focus();
  await page.keyboard.type('behind a gateway');
  await page.keyboard.press('Enter');
  await workbench.settle();
  await expect(search).toHaveValue('');
  await page.keyboard.press('Control+Enter');
  await workbench.settle();
  await expect(workbench.player).toContainText('200 from web-');
  const service = workbench.map
    .locator('.react-flow__node')
    .filter({ hasText: /10\.96/ })
    .first();
  await service.getByRole('button').first().focus();
  await page.keyboard.press('F2');
  await workbench.settle();
  await expect(page.getByRole('textbox', { name: 'New name' })).toBeFocused();
});

test('what is selected can be connected, renamed and deleted, and every step undone', async ({ workbench, page }) => {
  await beginWithNothing(workbench);
  await page.getByRole('button', { name: /^Deployment with ClusterIP/ }).click();
  await workbench.settle();
  const { details } = workbench;
  await expect(details.getByRole('heading', { name: 'web', exact: true })).toBeVisible();
  await details.getByLabel(/^type spec\.type/).selectOption('NodePort');
  await workbench.settle();
  await details.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'New name' }).fill('front');
  await page.keyboard.press('Enter');
  await workbench.settle();
  await expect(details.getByRole('heading', { name: 'front', exact: true })).toBeVisible();
  await details.getByRole('button', { name: 'Delete' }).click();
  await workbench.settle();
  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press('Control+z');
    await workbench.settle();
  }
  await page.getByRole('tab', { name: /Manifests/ }).click();
  const text = (await workbench.text.locator('.cm-line').allTextContents()).join('\n');
  expect(text).toContain('kind: Service');
  expect(text).not.toContain('NodePort');
  expect(text).not.toContain('front');
});
