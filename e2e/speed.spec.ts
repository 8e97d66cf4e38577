import { expect, test } from './workbench.ts';

const ROUNDS = 5;

/** Time from navigation to the first frame in which the packet has moved, ms. */
async function firstMotion(page: import('@playwright/test').Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const look = () => {
      const packet = document.querySelector<HTMLElement>('[data-testid="packet"]');
      const place = packet && getComputedStyle(packet).transform + getComputedStyle(packet).offsetDistance;
      const state = globalThis as unknown as { first?: string; moved?: number };
      if (place && state.first === undefined) state.first = place;
      else if (place && place !== state.first) {
        state.moved = performance.now();
        return;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto('');
  await page.waitForFunction(() => (globalThis as unknown as { moved?: number }).moved !== undefined);
  return page.evaluate(() => (globalThis as unknown as { moved: number }).moved);
}

/** What the yardstick takes, at four-fold throttling, on the machine for which the limit is stated; ms. */
const YARDSTICK = 190;

/** How many times slower this machine is at this moment; never below 1, so a fast one is held to the limit as it stands. */
async function slowness(page: import('@playwright/test').Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const took = await page.evaluate(() => {
    const started = performance.now();
    let text = '';
    for (let round = 0; round < 60; round += 1) {
      text = JSON.stringify(JSON.parse(`[${Array.from({ length: 2000 }, (_, at) => `{"n":${at * round}}`).join(',')}]`));
    }
    return text.length > 0 ? performance.now() - started : 0;
  });
  return Math.max(1, took / YARDSTICK);
}

test('the first example moves within 1.5 s of navigation at four-fold CPU throttling on a machine of usual speed', async ({ browser }) => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ baseURL: 'http://localhost:4179/some/folder/' });
    const slow = await slowness(await context.newPage());
    times.push((await firstMotion(await context.newPage())) / slow);
    await context.close();
  }
  // The round that the rest of a shared machine disturbed least.
  const best = Math.min(...times);
  test.info().annotations.push({ type: 'first motion', description: `${Math.round(best)} ms` });
  expect(best).toBeLessThan(1500);
});

test('Send starts moving within 100 ms on a machine of usual speed', async ({ page, context }) => {
  await page.goto('');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await expect(page.getByText('1 problem').first()).toBeVisible();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.getByRole('slider', { name: 'Position' }).press('End');
    await send.evaluate((button) => {
      const state = globalThis as unknown as { took?: number };
      delete state.took;
      button.addEventListener(
        'click',
        () => {
          const started = performance.now();
          const place = () => {
            const packet = document.querySelector<HTMLElement>('[data-testid="packet"]');
            return packet ? getComputedStyle(packet).transform + getComputedStyle(packet).offsetDistance : '';
          };
          const before = place();
          const look = () => {
            if (place() === before) requestAnimationFrame(look);
            else state.took = performance.now() - started;
          };
          requestAnimationFrame(look);
        },
        { once: true },
      );
    });
    await send.click();
    await page.waitForFunction(() => (globalThis as unknown as { took?: number }).took !== undefined);
    times.push(await page.evaluate(() => (globalThis as unknown as { took: number }).took));
  }
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  test.info().annotations.push({ type: 'motion after Send', description: `${Math.round(median)} ms` });
  expect(median).toBeLessThan(100 * (await slowness(await context.newPage())));
});
