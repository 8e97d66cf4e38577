import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msg } from '../catalogue/message.ts';
import type { Scene, Stop } from './scene.ts';
import { positionAt, timelineOf, timeOf } from './timeline.ts';

const stop = (id: string, at: number): Stop => ({
  id,
  number: null,
  actor: '',
  verb: msg('scene.reply.verb'),
  fact: '',
  at,
  failed: false,
  capsule: { rows: [], x: 0, y: 0, width: 0, height: 0, leader: '' },
  sentence: msg('scene.reply.verb'),
});

const scene = (stops: readonly Stop[], end: number, home = 0): Scene => ({
  width: 0,
  height: 0,
  zones: [],
  lanes: [],
  boxes: [],
  tracks: [],
  stations: [],
  stops,
  route: { path: '', length: end, home, end, failed: false, label: 'GET', answer: '200' },
  sees: null,
  verdict: null,
});

const timeline = timelineOf(scene([stop('h1', 20), stop('h2', 200), stop('reply', 0)], 220));

describe('the timeline', () => {
  it('begins at the client and moves within 100 ms', () => {
    expect(positionAt(timeline, 0)).toMatchObject({ stop: 0, distance: 0, standing: false });
    expect(positionAt(timeline, 100).distance).toBeGreaterThan(0);
  });

  it('stands at each station when its time has come', () => {
    for (const [index, at] of [20, 200, 0].entries())
      expect(positionAt(timeline, timeline.arrivals[index]!)).toMatchObject({ stop: index, distance: at, standing: true });
  });

  it('runs to the end of the line before the reply runs back', () => {
    expect(positionAt(timeline, timeline.arrivals[2]! - 100).returning).toBe(true);
    expect(Math.max(...Array.from({ length: 400 }, (_, ms) => positionAt(timeline, timeline.arrivals[1]! + ms * 10).distance))).toBeCloseTo(220, 0);
  });

  it('comes back to where the client asked last', () => {
    const redirected = timelineOf(scene([stop('h1', 20), stop('h2', 400), stop('reply', 200)], 420, 200));
    expect(positionAt(redirected, redirected.duration).distance).toBe(200);
  });

  it('stands at the end of the line when nothing comes back', () => {
    const dropped = timelineOf(scene([stop('h1', 20), stop('reply', 220)], 220));
    expect(positionAt(dropped, dropped.duration)).toMatchObject({ stop: 1, distance: 220, standing: true, returning: false });
  });

  it('does not move without a request', () => {
    expect(positionAt(timelineOf({ ...scene([], 0), route: null }), 500)).toMatchObject({ distance: 0, standing: false });
  });

  it('is sought by the progress that it reports', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (progress) => {
        expect(positionAt(timeline, timeOf(timeline, progress)).progress).toBeCloseTo(progress);
      }),
    );
  });

  it('never jumps', () => {
    let before = positionAt(timeline, 0).distance;
    for (let ms = 0; ms < timeline.duration; ms += 16) {
      const { distance } = positionAt(timeline, ms);
      expect(Math.abs(distance - before)).toBeLessThan(12);
      before = distance;
    }
  });
});
