import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSUMED_PRICES, breakEven, formatAmount, monthlyCost } from './cost.ts';

describe('the cost of load balancers (S17.5)', () => {
  it('adds hours, capacity, data, controller and changes of zone', () => {
    const prices = {
      hoursPerMonth: 100,
      lbHourly: 0.5,
      dataGB: 1000,
      perGB: 0.01,
      capacityUnits: 2,
      unitHourly: 0.1,
      controllerReplicas: 3,
      podCost: 4,
      crossZoneGB: 50,
      perGBcross: 0.02,
    };
    expect(monthlyCost(prices, 2, true)).toBeCloseTo(2 * 100 * 0.5 + 1000 * 0.01 + 2 * 2 * 0.1 * 100 + 3 * 4 + 50 * 0.02, 9);
  });

  it('is nothing without a load balancer and a controller', () => {
    expect(monthlyCost(ASSUMED_PRICES, 0, false)).toBe(0);
  });

  it('breaks even at the least number of Services for which sharing is cheaper', () => {
    const price = fc.double({ min: 0.001, max: 10, noNaN: true });
    fc.assert(
      fc.property(price, price, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 }), (lbHourly, podCost, controllerReplicas, shared) => {
        const prices = { ...ASSUMED_PRICES, lbHourly, podCost, controllerReplicas };
        const least = breakEven(prices, shared)!;
        const isCheaper = (services: number) =>
          monthlyCost({ ...prices, dataGB: 0 }, services, false) > monthlyCost({ ...prices, dataGB: 0 }, shared, true) + 1e-6;
        expect(isCheaper(least)).toBe(true);
        expect(least === 1 || !isCheaper(least - 1)).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it('never breaks even where load balancers cost nothing', () => {
    expect(breakEven({ ...ASSUMED_PRICES, lbHourly: 0 }, 1)).toBeNull();
  });

  it('is written with two decimals at most', () => {
    expect([18.25, 5, 0.1 + 0.2, 55.550_000_1].map(formatAmount)).toEqual(['18.25', '5', '0.3', '55.55']);
  });
});
