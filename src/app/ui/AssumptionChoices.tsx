import { useId } from 'react';
import type { Assumption, AssumptionChoice } from '../../engine/index.ts';
import { text } from './locale.ts';
import { Rich } from './Rich.tsx';
import styles from './AssumptionChoices.module.css';

interface Props {
  readonly assumption: Assumption;
  readonly onChoose: (choice: AssumptionChoice) => void;
}

/** One thing nobody stated, and the other things it could be: one click flips it. */
export function AssumptionChoices({ assumption, onChoose }: Props) {
  const id = useId();
  return (
    <div className={styles.assumption} data-origin={assumption.origin}>
      <p id={id}>
        <Rich message={assumption.message} />
      </p>
      <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
        {assumption.choices.map((choice) => (
          <label key={JSON.stringify(choice.set)} className={styles.choice}>
            <input type="radio" name={id} checked={choice.current} onChange={() => onChoose(choice)} />
            <span>{text(choice.label)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
