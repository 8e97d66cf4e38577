/** What the page shows, as short strings that a link holds; from a link they are untrusted, so everything is checked. */
import { ASSUMED_PRICES, PRESETS, type PresetId, type Prices, type WayId } from '../../engine/index.ts';
import type { PageOptions } from '../store/pages.ts';
import { useStore } from '../store/store.ts';

export interface Options {
  readonly preset: PresetId;
  /** `refKey` of the workload; null: the one that the request reaches. */
  readonly workload: string | null;
  readonly services: number | null;
  readonly onlyDiffering: boolean;
  /** Ways in the order in which somebody put them, pinned ones first; those not named follow in their own order. */
  readonly order: readonly string[];
  readonly pinned: readonly string[];
  readonly prices: Prices;
}

/** The names that `readOptions` reads. */
const OWN: ReadonlySet<string> = new Set(['table', 'of', 'services', 'differ', 'order', 'pinned', 'prices']);

const MOST_SERVICES = 10_000;
const PRICE_NAMES = Object.keys(ASSUMED_PRICES) as (keyof Prices)[];

export function readOptions(options: PageOptions | undefined): Options {
  const { table, of, services, differ, order, pinned, prices } = options ?? {};
  const number = Number(services);
  return {
    preset: PRESETS.find(({ id }) => id === table)?.id ?? 'all',
    workload: of ?? null,
    services: services !== undefined && Number.isInteger(number) && number >= 1 && number <= MOST_SERVICES ? number : null,
    onlyDiffering: differ === '1',
    order: list(order),
    pinned: list(pinned),
    prices: readPrices(prices),
  };
}

const list = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(',').slice(0, 20));

/** `lbHourly=0.03,podCost=7`: only what differs from the assumed ones. */
function readPrices(text: string | undefined): Prices {
  const stated = new Map(list(text).map((pair) => pair.split('=') as [string, string]));
  const value = (name: keyof Prices) => {
    const number = Number(stated.get(name) ?? Number.NaN);
    return number >= 0 && number <= 1e9 ? number : ASSUMED_PRICES[name];
  };
  return Object.fromEntries(PRICE_NAMES.map((name) => [name, value(name)])) as unknown as Prices;
}

/** Only what differs from a first visit is written. */
export function writeOptions(options: Options): PageOptions {
  const prices = PRICE_NAMES.filter((name) => options.prices[name] !== ASSUMED_PRICES[name]).map((name) => `${name}=${options.prices[name]}`);
  return {
    ...(options.preset !== 'all' && { table: options.preset }),
    ...(options.workload !== null && { of: options.workload }),
    ...(options.services !== null && { services: String(options.services) }),
    ...(options.onlyDiffering && { differ: '1' }),
    ...(options.order.length > 0 && { order: options.order.join(',') }),
    ...(options.pinned.length > 0 && { pinned: options.pinned.join(',') }),
    ...(prices.length > 0 && { prices: prices.join(',') }),
  };
}

/** What is not this page's own, such as that it is presented, stays. */
export function changed(written: PageOptions, change: Partial<Options>): PageOptions {
  const others = Object.fromEntries(Object.entries(written).filter(([name]) => !OWN.has(name)));
  return { ...others, ...writeOptions({ ...readOptions(written), ...change }) };
}

export function changeOptions(change: Partial<Options>): void {
  useStore.setState(({ view }) => ({ view: { ...view, options: { ...view.options, compare: changed(view.options.compare ?? {}, change) } } }));
}

/** Pinned ones first, then as somebody put them, then the rest as they come. */
export function inOrder<T extends { readonly way: WayId }>(columns: readonly T[], { order, pinned }: Pick<Options, 'order' | 'pinned'>): readonly T[] {
  const place = (way: WayId) => (order.includes(way) ? order.indexOf(way) : order.length + columns.findIndex((column) => column.way === way));
  return columns.toSorted((a, b) => Number(pinned.includes(b.way)) - Number(pinned.includes(a.way)) || place(a.way) - place(b.way));
}

/** The way one place to the left or right among the columns as they stand. */
export function moved(ways: readonly WayId[], way: WayId, by: -1 | 1): readonly WayId[] {
  const from = ways.indexOf(way);
  return placed(ways, way, from + by);
}

export function placed(ways: readonly WayId[], way: WayId, to: number): readonly WayId[] {
  const rest = ways.filter((other) => other !== way);
  const at = Math.max(0, Math.min(to, rest.length));
  return [...rest.slice(0, at), way, ...rest.slice(at)];
}
