import { expect, it } from 'vitest';
import type { Packet } from '../../engine/index.ts';
import { packetRows } from './packet-rows.ts';

const packet: Packet = {
  src: { ip: '203.0.113.7', port: 52114 },
  dst: { ip: '10.0.1.14', port: 443 },
  protocol: 'TCP',
  tls: { mode: 'tls', sni: 'shop.example.com' },
  http: { method: 'GET', scheme: 'https', host: 'shop.example.com', path: '/', headers: { 'x-old': '1' } },
};

const row = (id: string, after: Packet | null) => packetRows(packet, after).find((other) => other.id === id);

it('an address that was translated stands old and new', () => {
  expect(row('to', { ...packet, dst: { ip: '10.0.1.31', port: 8080 } })).toMatchObject({ before: '10.0.1.14:443', after: '10.0.1.31:8080' });
});

it('TLS that ends here leaves nothing', () => {
  expect(row('tls', { ...packet, tls: { mode: 'none' } })).toMatchObject({ before: 'shop.example.com', after: null });
});

it('a header that was added had no value before', () => {
  const after: Packet = { ...packet, http: { ...packet.http!, headers: { 'x-forwarded-for': '203.0.113.7' } } };
  expect(row('header x-forwarded-for', after)).toMatchObject({ before: null, after: 'x-forwarded-for: 203.0.113.7' });
  expect(row('header x-old', after)).toMatchObject({ before: 'x-old: 1', after: null });
});

it('where the packet ends, nothing changes', () => {
  expect(packetRows(packet, null).every((other) => other.before === other.after)).toBe(true);
});
