import { useId } from 'react';
import { ASSUMED_PRICES, type Prices } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { changeOptions, type Options } from './options.ts';
import styles from './Settings.module.css';

const PRICE_NAMES = Object.keys(ASSUMED_PRICES) as (keyof Prices)[];

/** How many Services there are in all: what one load balancer each would cost depends on it. */
export function ServicesField({ services }: { readonly services: number }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('comparing.services')}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={10_000}
        className={controls.field}
        value={services}
        onChange={({ target }) => {
          const number = Math.trunc(target.valueAsNumber);
          if (number >= 1 && number <= 10_000) changeOptions({ services: number });
        }}
      />
    </div>
  );
}

/** Every parameter of the sum, labelled as the assumption it is. */
export function PricesForm({ prices }: { readonly prices: Options['prices'] }) {
  const id = useId();
  return (
    <fieldset className={styles.prices}>
      <legend>{t('comparing.prices')}</legend>
      <p className={styles.about}>{t('comparing.prices.about')}</p>
      {PRICE_NAMES.map((name) => (
        <div key={name} className={styles.price}>
          <label htmlFor={`${id}-${name}`}>{t(`comparing.prices.${name}`)}</label>
          <input
            id={`${id}-${name}`}
            type="number"
            min={0}
            step="any"
            className={controls.field}
            value={prices[name]}
            onChange={({ target }) => {
              if (target.valueAsNumber >= 0) changeOptions({ prices: { ...prices, [name]: target.valueAsNumber } });
            }}
          />
        </div>
      ))}
      <button type="button" className={controls.button} onClick={() => changeOptions({ prices: ASSUMED_PRICES })}>
        {t('comparing.prices.reset')}
      </button>
    </fieldset>
  );
}
