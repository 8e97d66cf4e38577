import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');

it('the page may load its own files, start its own worker, and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page('index.html'))?.[1];
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

it('the one script of the page for unknown addresses is the one its policy names', () => {
  const text = page('public/404.html');
  const script = /<script>([\s\S]*?)<\/script>/.exec(text)![1]!;
  expect(text).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
});

it('no address in the pages begins at the root, so that they work in any folder', () => {
  // Vite writes `/icon.svg` of index.html as `./icon.svg`; the file for unknown addresses is copied as it is.
  expect([...page('public/404.html').matchAll(/(?:href|src)="(\/[^"]*)"/g)].map((match) => match[1])).toEqual([]);
});
