import { describe, expect, it, vi } from 'vitest';
import { ASSUMED_PRICES } from '../../engine/index.ts';
import { changed, inOrder, moved, placed, readOptions, writeOptions } from './options.ts';

vi.mock('../store/store.ts', () => ({ useStore: {} }));

describe('what a link holds of a comparison', () => {
  it('a first visit writes nothing', () => {
    expect(writeOptions(readOptions(undefined))).toEqual({});
  });

  it('what was chosen comes back', () => {
    const chosen = {
      preset: 'pros-cons' as const,
      workload: 'Deployment/shop/api',
      services: 12,
      onlyDiffering: true,
      order: ['ingress', 'cluster-ip'],
      pinned: ['ingress'],
      prices: { ...ASSUMED_PRICES, lbHourly: 0.03, podCost: 7 },
    };
    expect(readOptions(writeOptions(chosen))).toEqual(chosen);
  });

  it('a change leaves what is not of this page, such as that it is presented', () => {
    expect(changed({ present: 'yes', differ: '1' }, { services: 3, onlyDiffering: false })).toEqual({ present: 'yes', services: '3' });
  });

  it('what a stranger wrote is taken only where it makes sense', () => {
    const read = readOptions({ table: 'nothing', services: '-3', prices: 'lbHourly=-1,podCost=many,__proto__=1' });
    expect(read).toMatchObject({ preset: 'all', services: null, prices: ASSUMED_PRICES });
  });
});

describe('the order of columns', () => {
  const columns = (['cluster-ip', 'headless', 'node-port'] as const).map((way) => ({ way }));

  it('pinned ones come first, then as somebody put them, then as they came', () => {
    const order = inOrder(columns, { order: ['node-port', 'cluster-ip'], pinned: ['headless'] });
    expect(order.map(({ way }) => way)).toEqual(['headless', 'node-port', 'cluster-ip']);
  });

  it('a column moves by one place and stays within the table', () => {
    expect(moved(['cluster-ip', 'headless', 'node-port'], 'headless', -1)).toEqual(['headless', 'cluster-ip', 'node-port']);
    expect(moved(['cluster-ip', 'headless'], 'cluster-ip', -1)).toEqual(['cluster-ip', 'headless']);
    expect(placed(['cluster-ip', 'headless', 'node-port'], 'cluster-ip', 2)).toEqual(['headless', 'node-port', 'cluster-ip']);
  });
});
