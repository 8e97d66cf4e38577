import { example as words } from '../../catalogue/en/example.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { exampleGroups } from '../../examples/index.ts';
import { openExample } from '../store/example-actions.ts';
import { text } from '../ui/locale.ts';
import styles from './ExampleList.module.css';

learnWords(words);

/** Every example with what to look at; choosing one loads it and sends its request. */
export function ExampleList({ onOpen }: { readonly onOpen?: () => void }) {
  return exampleGroups.map(({ title, examples }) => (
    <section key={title.id} className={styles.group}>
      <p className={styles.name} id={title.id}>
        {text(title)}
      </p>
      <ul className={styles.list} aria-labelledby={title.id}>
        {examples.map((example) => (
          <li key={example.id}>
            <button
              type="button"
              className={styles.example}
              onClick={() => {
                onOpen?.();
                void openExample(example);
              }}
            >
              <span className={styles.title}>{text(example.title)}</span>
              <span className={styles.about}>{text(example.about)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
