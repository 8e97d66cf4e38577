import { bringAxe, violations } from './audit.ts';
import { expect, test } from './workbench.ts';
import type { Locator, Page } from '@playwright/test';

/** The page that compares, by the names a person reads. */
class ComparePage {
  readonly table: Locator;
  readonly panel: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByRole('table', { name: /every column is one way/ });
    this.panel = page.getByRole('dialog');
  }

  async open(): Promise<void> {
    const link = this.page.getByRole('link', { name: 'Compare', exact: true });
    if (await link.isVisible()) await link.click();
    else await this.page.getByRole('combobox', { name: 'Pages' }).selectOption('Compare');
    await this.page.clock.runFor(500);
    await expect(this.table).toBeVisible({ timeout: 20_000 });
    await this.page.clock.runFor(30_000);
  }

  row(name: string | RegExp): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name }) });
  }

  /** The titles of the columns, in order. */
  async columns(): Promise<readonly string[]> {
    return this.table.getByRole('columnheader').evaluateAll((heads) => heads.map((head) => (head as HTMLElement).innerText.split('\n')[0]!.trim()));
  }

  /** The cell of a fact, by the place of its column. */
  cell(fact: string | RegExp, column: number): Locator {
    return this.row(fact).getByRole('button').nth(column);
  }
}

// Every way is traced five times, which a machine that runs other tests beside takes its time for.
test.describe.configure({ timeout: 90_000 });

test('somebody finds out what exposing the Deployment otherwise would change', async ({ workbench, page }) => {
  await workbench.open();
  const compare = new ComparePage(page);
  await compare.open();
  expect((await compare.columns()).slice(0, 3)).toEqual(['ClusterIP', 'Headless', 'NodePort']);
  const ways = await compare.columns();
  const ingress = ways.indexOf('Ingress');
  const byBalancer = ways.indexOf('LoadBalancer');

  // What is pasted is told from what would be.
  await expect(compare.table.getByRole('columnheader', { name: /Ingress/ })).toContainText('as pasted');
  await expect(compare.table.getByRole('columnheader', { name: /NodePort/ })).toContainText('what if');
  await expect(compare.cell('This request', ingress)).toContainText('200');
  await expect(compare.row(/^Load balancers for 3 Services/)).toBeVisible();

  // One more Service: one more load balancer, but not for the Ingress.
  await page.getByRole('spinbutton', { name: 'Services in all' }).fill('5');
  await page.clock.runFor(500);
  await expect(compare.cell(/^Load balancers for 5 Services/, byBalancer)).toContainText('5');
  await expect(compare.cell(/^Load balancers for 5 Services/, ingress)).toContainText('1');

  // A cell opens the trace that it was read from, at the hop that decides it.
  await compare.cell('Source address at the Pod', byBalancer).click();
  await expect(compare.panel).toContainText('Read from a trace');
  await expect(compare.panel.getByText(/this hop decides the cell/)).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(compare.panel).toBeHidden();

  // Only what differs.
  const all = await compare.table.getByRole('row').count();
  await page.getByRole('checkbox', { name: 'Only rows that differ' }).check();
  expect(await compare.table.getByRole('row').count()).toBeLessThanOrEqual(all);
});

test('the YAML of a what-if goes into the texts as a file of its own, and can be taken back', async ({ workbench, page }) => {
  await workbench.open();
  const compare = new ComparePage(page);
  await compare.open();
  await compare.table.getByRole('button', { name: /what if api-load-balancer$/ }).click();
  await expect(compare.panel).toContainText('type: LoadBalancer');
  await page.getByRole('button', { name: 'Insert into my texts' }).click();
  await page.clock.runFor(1000);
  await expect(page.getByRole('tab', { name: /api-load-balancer\.yaml/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.clock.runFor(1000);
  await expect(page.getByRole('tab', { name: /api-load-balancer\.yaml/ })).toHaveCount(0);
});

test('by keyboard: from cell to cell, columns moved and pinned', async ({ workbench, page }) => {
  await workbench.open();
  const compare = new ComparePage(page);
  await compare.open();
  await compare.cell('This request', 0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(compare.cell('This request', 1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(compare.cell('What the client calls', 1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(compare.panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(compare.cell('What the client calls', 1)).toBeFocused();

  await page.getByRole('button', { name: 'Column NodePort' }).press('Enter');
  await page.getByRole('button', { name: 'Move left' }).press('Enter');
  await expect.poll(async () => (await compare.columns()).indexOf('NodePort')).toBe(1);
  await page.getByRole('button', { name: 'Pin to the left' }).press('Enter');
  await expect.poll(async () => (await compare.columns())[0]).toBe('NodePort');
});

test('all paths play in step, and a failing one ends in a terminus', async ({ workbench, page }) => {
  await workbench.open();
  const compare = new ComparePage(page);
  await compare.open();
  const places = () => page.getByTestId('mini-packet').evaluateAll((packets) => packets.map((packet) => packet.getAttribute('transform')));
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.getByRole('button', { name: 'Send to all' }).click();
  await page.clock.runFor(100);
  const start = await places();
  expect(new Set(start).size).toBe(1);
  await page.clock.runFor(800);
  const on = await places();
  expect(new Set(on).size).toBe(1);
  expect(on).not.toEqual(start);
  await expect(compare.table.getByRole('img', { name: /^It ends without an answer: User, DNS/ }).first()).toBeAttached();
});

test('the wizard recommends by rules, on these manifests', async ({ workbench, page }) => {
  await workbench.open();
  await new ComparePage(page).open();
  await page.getByRole('button', { name: 'Which one should I use?' }).click();
  const wizard = page.getByRole('dialog');
  await expect(wizard.getByRole('heading', { name: 'Use Ingress' })).toBeVisible();
  await wizard.getByRole('radio', { name: 'something else' }).check();
  await expect(wizard.getByRole('heading', { name: 'Use LoadBalancer' })).toBeVisible();
  await wizard.getByRole('radio', { name: 'yes' }).check();
  await expect(wizard).toContainText('externalTrafficPolicy: Local');
});

test('the table goes to other programs as text and as a picture', async ({ workbench, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.open();
  const compare = new ComparePage(page);
  await compare.open();
  await page.getByRole('combobox', { name: 'Table' }).selectOption('For and against');
  await page.clock.runFor(500);
  await expect(compare.row('For it')).toBeVisible();
  await page.getByRole('button', { name: 'Copy or save' }).click();
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(page.getByText('The table is copied.')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\|  \| ClusterIP<br>/);
});

for (const [width, theme] of [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
] as const) {
  test(`axe finds nothing in the comparison at ${width} px, ${theme}`, async ({ workbench, page }) => {
    await bringAxe(page);
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await workbench.open();
    const compare = new ComparePage(page);
    await compare.open();
    expect(await violations(page)).toEqual([]);
    await compare.cell('This request', 0).click();
    await expect(compare.panel.getByRole('list').last()).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
