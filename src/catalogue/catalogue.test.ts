import { describe, expect, it } from 'vitest';
import { every } from './en/every.ts';
import { glossary } from './glossary.ts';
import type { MessageId } from './message.ts';
import { pageWords } from './page-words.ts';
import { pseudo } from './pseudo.ts';
import { fillRich } from './rich.ts';
import { fillText } from './template.ts';

const messages = Object.entries(every) as [MessageId, string][];

/** Lines a program prints (curl, kubectl) and paragraphs of the manual are quoted, not written by us. */
const isQuoted = (id: string) => id.startsWith('curl.') || id.startsWith('cli.usage');

describe('the catalogue', () => {
  it('no sentence is longer than 25 words', () => {
    const long = messages
      .filter(([id]) => !isQuoted(id))
      .flatMap(([id, text]) =>
        text
          .split(/(?<=[.:?!])\s+/)
          .filter((sentence) => sentence.split(/\s+/).length > 25)
          .map((sentence) => `${id}: ${sentence}`),
      );
    expect(long).toEqual([]);
  });

  it('every Kubernetes term in a sentence has a definition', () => {
    // Words written with an inner capital (ClusterIP, EndpointSlice, kube-proxy) or all in capitals are terms of the field.
    const plain = new Set(['Podpath', 'YAML', 'JSON', 'URL', 'HTTP', 'HTTPS', 'GET', 'API', 'OK', 'PNG', 'SVG', 'ID', 'IDs', 'Ctrl', 'Esc']);
    const missing = new Set<string>();
    for (const [id, text] of messages) {
      if (isQuoted(id)) continue;
      const words = text
        .replace(/`[^`]*`/g, ' ')
        .replace(/\{\w+\|([^|}]*)\|([^}]*)\}/g, '$1 $2')
        .replace(/\{\w+\}/g, ' ');
      for (const word of words.match(/[A-Za-z][\w-]*/g) ?? []) {
        const isTerm = /[a-z][A-Z]|^[A-Z]{2,}[a-z]*$|^kube-/.test(word);
        if (isTerm && !plain.has(word) && !(word in glossary) && !(word.replace(/e?s$/, '') in glossary)) missing.add(`${word} (${id})`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('every definition is one plain sentence of at most 25 words', () => {
    for (const [term, definition] of Object.entries(glossary)) {
      expect(definition, term).toMatch(/\.$/);
      for (const sentence of definition.split(/(?<=\.)\s+/)) expect(sentence.split(/\s+/).length, `${term}: ${sentence}`).toBeLessThanOrEqual(25);
    }
  });

  it('backticks and braces are paired in every template', () => {
    const odd = messages.filter(([, text]) => text.split('`').length % 2 === 0 || text.replace(/\{\w+(?:\|[^|}]*\|[^}]*)?\}/g, '').includes('{'));
    expect(odd).toEqual([]);
  });

  it('no Ingress or Service is gone through', () => {
    expect(messages.filter(([, text]) => /(goes|go|passes|travels|flows) through (the|an?) (Ingress|Service)\b(?! controller)/i.test(text))).toEqual([]);
  });
});

describe('rendering', () => {
  it('a fact stays a fact whatever a person named it', () => {
    const id = messages.find(([, text]) => /`\{\w+\}`/.test(text))?.[0];
    expect(id).toBeDefined();
    const name = /`\{(\w+)\}`/.exec(every[id!])![1]!;
    const segments = fillRich(every[id!], { [name]: 'a`b{c}' }, 'en');
    expect(segments.some((segment) => segment.kind === 'code' && segment.text === 'a`b{c}')).toBe(true);
  });

  it('pseudo-English changes every word and no placeholder', () => {
    expect(pseudo('{pod} is one of {count|Pod|Pods}')).toBe('{pod} ís óñé óf {count|Pód|Póds}');
  });

  it('plain text has no markup', () => {
    for (const [, template] of messages) expect(fillText(template, {}, 'en')).not.toContain('`');
  });
});

it('the page holds every word that it says by itself', () => {
  const sources = import.meta.glob<string>(['../app/**/*.{ts,tsx}', '../examples/index.ts', '!../app/worker/**', '!../**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const catalogues = import.meta.glob<Readonly<Record<string, Readonly<Record<string, string>>>>>('./en/*.ts', { eager: true });
  const missing = Object.entries(sources).flatMap(([file, text]) => {
    const ids = [...text.matchAll(/['`]([a-z][a-z-]*\.[a-z0-9.-]+)['`]/g)].map((match) => match[1]!);
    // A part that is loaded when it is opened brings a catalogue of its own and teaches it.
    const folder = file.split('/').slice(0, -1).join('/').replace('../examples', '../app/examples');
    const ofFolder = Object.entries(sources).filter(([other]) => other.startsWith(`${folder}/`));
    const taught = ofFolder.flatMap(([, other]) =>
      other.includes('learnWords(') ? [...other.matchAll(/catalogue\/(en\/[\w-]+\.ts)'/g)].map((match) => `./${match[1]}`) : [],
    );
    const words: object = Object.assign({}, pageWords, ...taught.flatMap((name) => Object.values(catalogues[name] ?? {})));
    return ids.filter((id) => id in every && !(id in words));
  });
  expect(missing).toEqual([]);
});
