import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalIp,
  cidrContains,
  cidrSize,
  cidrsOverlap,
  ipFromValue,
  isLinkLocal,
  isLinkLocalMulticast,
  isLoopback,
  isMulticast,
  isPrivate,
  isUnspecified,
  nthAddress,
  parseCidr,
  parseIp,
} from './ip.ts';

describe('addresses', () => {
  it.each([
    ['10.20.30.40', '10.20.30.40'],
    ['010.020.030.040', '10.20.30.40'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fd00::', 'fd00::'],
    ['::', '::'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('%s is printed as %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical);
  });

  it.each([
    '',
    'None',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    '1.2.3.4:80',
    'fe80::1%eth0',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1.2.3.4::',
    ':1::',
    '12345::',
    ' 10.0.0.1',
  ])('%j is no address', (text) => {
    expect(parseIp(text)).toBeNull();
  });

  it('a printed address reads back as itself', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => {
        const ip = ipFromValue('IPv6', value)!;
        fc.pre(value >> 32n !== 0xffffn);
        expect(parseIp(ip.text)).toEqual(ip);
      }),
    );
    fc.assert(fc.property(fc.bigInt(0n, 0xffff_ffffn), (value) => parseIp(ipFromValue('IPv4', value)!.text)?.value === value));
    expect(ipFromValue('IPv4', 1n << 32n)).toBeNull();
  });

  it('reading never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => (parseIp(text), parseCidr(text), true)));
  });

  it('special ranges are known in both families', () => {
    const is = (test: (ip: NonNullable<ReturnType<typeof parseIp>>) => boolean, text: string) => test(parseIp(text)!);
    expect(['10.1.1.1', '172.31.0.1', '192.168.1.1', 'fd00::1'].every((ip) => is(isPrivate, ip))).toBe(true);
    expect(is(isPrivate, '172.32.0.1')).toBe(false);
    expect([is(isLoopback, '127.0.0.53'), is(isLoopback, '::1'), is(isLoopback, '128.0.0.1')]).toEqual([true, true, false]);
    expect([is(isUnspecified, '0.0.0.0'), is(isUnspecified, '::'), is(isUnspecified, '0.0.0.1')]).toEqual([true, true, false]);
    expect([is(isLinkLocal, '169.254.1.1'), is(isLinkLocal, 'fe80::1'), is(isLinkLocal, '224.0.0.1')]).toEqual([true, true, false]);
    expect([is(isMulticast, '239.0.0.1'), is(isMulticast, 'ff02::1'), is(isLinkLocalMulticast, '224.0.1.1')]).toEqual([true, true, false]);
  });
});

describe('ranges', () => {
  it('a range begins at its first address, whatever the text says', () => {
    expect(parseCidr('10.244.3.7/16')?.text).toBe('10.244.0.0/16');
    expect(parseCidr('203.0.113.000/025')?.text).toBe('203.0.113.0/25');
    expect(parseCidr('FD00::1/64')?.text).toBe('fd00::/64');
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', 'fd00::/129', '/8', '10.0.0.0/8/8'])('%s is no range', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it('contains the addresses of its own family up to the last', () => {
    const cidr = parseCidr('203.0.113.0/25')!;
    expect([cidrContains(cidr, '203.0.113.127'), cidrContains(cidr, '203.0.113.128'), cidrContains(cidr, 'fd00::1')]).toEqual([true, false, false]);
    expect(cidrContains(parseCidr('0.0.0.0/0')!, '255.255.255.255')).toBe(true);
    expect(cidrContains(parseCidr('::/0')!, '10.0.0.1')).toBe(false);
  });

  it('addresses are counted from the first', () => {
    const cidr = parseCidr('10.96.0.0/30')!;
    expect([0, 3, 4, -1].map((n) => nthAddress(cidr, n)?.text)).toEqual(['10.96.0.0', '10.96.0.3', undefined, undefined]);
    expect(cidrSize(cidr)).toBe(4n);
    expect(nthAddress(parseCidr('fd00::/64')!, 2n ** 63n)?.text).toBe('fd00::8000:0:0:0');
  });

  it('ranges overlap when one holds the other', () => {
    const overlap = (a: string, b: string) => cidrsOverlap(parseCidr(a)!, parseCidr(b)!);
    expect([overlap('10.0.0.0/8', '10.1.0.0/16'), overlap('10.1.0.0/16', '10.0.0.0/8'), overlap('10.0.0.0/16', '10.1.0.0/16')]).toEqual([true, true, false]);
  });
});
