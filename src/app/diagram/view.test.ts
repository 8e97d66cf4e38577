import { expect, it } from 'vitest';
import type { Scene } from '../../scene/scene.ts';
import { homeView, reveal, wholeView } from './view.ts';

const scene: Scene = { width: 1000, height: 500, zones: [], lanes: [], boxes: [], tracks: [], stations: [], stops: [], route: null, sees: null, verdict: null };

it('shows the whole map where it fits, in the middle', () => {
  expect(homeView(scene, { width: 1100, height: 700 })).toMatchObject({ x: expect.closeTo(8, 0), zoom: expect.closeTo(1.084, 2) });
});

it('never makes texts smaller than they are by itself', () => {
  expect(homeView(scene, { width: 390, height: 400 }).zoom).toBe(1);
});

it('makes everything fit when asked to', () => {
  expect(wholeView(scene, { width: 512, height: 700 }).zoom).toBeCloseTo(0.496);
});

it('does not move for what is seen already', () => {
  const view = { x: 0, y: 0, zoom: 1 };
  expect(reveal(view, { x: 100, y: 100, width: 50, height: 50 }, { width: 400, height: 400 })).toEqual(view);
});

it('moves just far enough for what is not', () => {
  expect(reveal({ x: 0, y: 0, zoom: 1 }, { x: 500, y: 100, width: 50, height: 50 }, { width: 400, height: 400 })).toEqual({ x: -174, y: 0, zoom: 1 });
});
