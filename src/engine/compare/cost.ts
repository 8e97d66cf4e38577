/**
 * What a month of load balancers costs (S17.5). Every parameter is a person's to set and every default an assumption:
 * nothing here is a quote of any provider.
 */
export interface Prices {
  readonly hoursPerMonth: number;
  /** Currency units for one load balancer, one hour. */
  readonly lbHourly: number;
  /** Gigabytes a month through load balancers, all Services together, and the price of one. */
  readonly dataGB: number;
  readonly perGB: number;
  /** Capacity units that one load balancer uses, and the price of one for one hour. */
  readonly capacityUnits: number;
  readonly unitHourly: number;
  /** Pods of a controller or a Gateway’s proxy, and what one costs a month. */
  readonly controllerReplicas: number;
  readonly podCost: number;
  /** Gigabytes a month that change the zone, and the price of one. */
  readonly crossZoneGB: number;
  readonly perGBcross: number;
}

export const ASSUMED_PRICES: Prices = {
  hoursPerMonth: 730,
  lbHourly: 0.025,
  dataGB: 100,
  perGB: 0.008,
  capacityUnits: 0,
  unitHourly: 0.006,
  controllerReplicas: 2,
  podCost: 5,
  crossZoneGB: 0,
  perGBcross: 0.01,
};

/** One load balancer for a month, without data. */
const perBalancer = ({ hoursPerMonth, lbHourly, capacityUnits, unitHourly }: Prices): number => hoursPerMonth * (lbHourly + capacityUnits * unitHourly);

const controllerCost = ({ controllerReplicas, podCost }: Prices): number => controllerReplicas * podCost;

/** Currency units a month. Data is paid for at load balancers, so without one it costs nothing here. */
export function monthlyCost(prices: Prices, balancers: number, hasController: boolean): number {
  const data = balancers > 0 ? prices.dataGB * prices.perGB : 0;
  return balancers * perBalancer(prices) + data + (hasController ? controllerCost(prices) : 0) + prices.crossZoneGB * prices.perGBcross;
}

/**
 * The least number of Services for which `shared` load balancers with a controller cost less than one load balancer for
 * each; null when no number does, because load balancers cost nothing.
 */
export function breakEven(prices: Prices, shared: number): number | null {
  const one = perBalancer(prices);
  if (!(one > 0)) return null;
  return Math.floor((shared * one + controllerCost(prices)) / one + 1e-9) + 1;
}

/** Two decimals at most, without trailing zeros: `18.25`, `5`. */
export function formatAmount(amount: number): string {
  return String(Math.round(amount * 100) / 100);
}
