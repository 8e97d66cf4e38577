import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** The page as a person sees it: parts by role and name. */
export class Workbench {
  readonly page: Page;
  readonly send: Locator;
  readonly url: Locator;
  readonly from: Locator;
  readonly map: Locator;
  readonly player: Locator;
  readonly details: Locator;
  readonly problems: Locator;
  readonly hops: Locator;
  readonly text: Locator;

  constructor(page: Page) {
    this.page = page;
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.url = page.getByRole('combobox', { name: 'URL, or a curl command' });
    this.from = page.getByRole('combobox', { name: 'Who asks' });
    this.map = page.getByRole('region', { name: 'Map of the request' });
    this.player = page.getByRole('region', { name: 'Player' });
    this.details = page.getByRole('complementary', { name: 'Details' });
    this.problems = page.getByRole('region', { name: 'Problems' });
    this.hops = this.player.getByRole('list', { name: 'Hops of this request' }).getByRole('listitem');
    this.text = page.getByRole('textbox', { name: /^Text of / });
  }

  /** Opens the page with a clock that only the test moves. */
  async open(search = ''): Promise<void> {
    await this.page.clock.install();
    await this.page.goto(search);
    await expect(this.hops.first()).toBeVisible();
  }

  /** Replaces the text of the current file, as select-all and paste do. */
  async paste(manifests: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.text.evaluate((element, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, manifests);
    await this.page.clock.runFor(1000);
  }

  /** Types a URL and sends it from outside, or from the client whose label is given. */
  async ask(url: string, from?: string): Promise<void> {
    if (from !== undefined) {
      await this.from.fill(from);
      await this.page.getByRole('option', { name: from }).first().click();
    }
    await this.url.fill(url);
    await this.send.click();
  }

  /** Waits until the worker has answered and the page has drawn it. */
  async settle(): Promise<void> {
    await this.page.clock.runFor(2000);
    await expect(this.page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await this.page.clock.runFor(2000);
  }

  async openExample(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Examples' }).click();
    await this.page
      .getByRole('button', { name: title })
      .or(this.page.getByRole('menuitem', { name: title }))
      .first()
      .click();
    await this.page.clock.runFor(500);
  }
}

export const test = base.extend<{ workbench: Workbench }>({
  workbench: async ({ page }, use) => {
    await use(new Workbench(page));
  },
});

export { expect };
