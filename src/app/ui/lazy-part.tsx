import { lazy, Suspense, type FunctionComponent } from 'react';

interface Load<Part> {
  (): Promise<Part>;
}

const loads: Load<unknown>[] = [];

/**
 * A part of the page that nobody needs before the first example plays: its code, styles and words come when it is first
 * shown. Until they are there, nothing stands in its place.
 */
export function lazyPart<Props extends object>(load: Load<FunctionComponent<Props>>): FunctionComponent<Props> {
  loads.push(load);
  const Part = lazy(async () => ({ default: await load() }));
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
}

/** Fetches every part ahead of its use, so that the page also works whole without a network. What fails is tried again when it is shown. */
export function loadParts(): void {
  for (const load of loads) load().catch(() => undefined);
}
