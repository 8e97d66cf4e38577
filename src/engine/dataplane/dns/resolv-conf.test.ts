import { describe, expect, it } from 'vitest';
import { queriesFor } from './resolv-conf.ts';

const conf = { search: ['a.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], ndots: 5 };

describe('the names a resolver asks for (S6.7)', () => {
  it.each([
    ['db', ['db.a.svc.cluster.local', 'db.svc.cluster.local', 'db.cluster.local', 'db']],
    ['db.b', ['db.b.a.svc.cluster.local', 'db.b.svc.cluster.local', 'db.b.cluster.local', 'db.b']],
    [
      'db.b.svc.cluster.local',
      [
        'db.b.svc.cluster.local.a.svc.cluster.local',
        'db.b.svc.cluster.local.svc.cluster.local',
        'db.b.svc.cluster.local.cluster.local',
        'db.b.svc.cluster.local',
      ],
    ],
    ['db.b.svc.cluster.local.', ['db.b.svc.cluster.local']],
  ])('%s', (name, queries) => {
    expect(queriesFor(name, conf)).toEqual(queries);
  });

  it('a name with enough dots is asked for as typed first', () => {
    expect(queriesFor('api.example.com', { ...conf, ndots: 2 })[0]).toBe('api.example.com');
  });

  it.each([
    ['musl', 'db', ['db.a.svc.cluster.local', 'db.svc.cluster.local', 'db.cluster.local', 'db']],
    ['musl', 'api.example.com', ['api.example.com']],
    ['windows', 'db', ['db.a.svc.cluster.local']],
    ['windows', 'db.b', ['db.b']],
    ['windows', 'db.', ['db']],
  ] as const)('%s asks for %s otherwise than glibc', (library, name, queries) => {
    expect(queriesFor(name, { ...conf, ndots: 2 }, library)).toEqual(queries);
  });

  it('names are asked for in lower case (S6.2)', () => {
    expect(queriesFor('DB', { search: ['A.svc.cluster.local.'], ndots: 1 })).toEqual(['db.a.svc.cluster.local', 'db']);
  });
});
