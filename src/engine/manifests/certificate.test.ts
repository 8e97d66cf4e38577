import { describe, expect, it } from 'vitest';
import { readCertificate } from './certificate.ts';

/** Made for this test: CN shop.example.com, four alternative names, signed by itself. */
const PEM = `-----BEGIN CERTIFICATE-----
MIIB9jCCAZygAwIBAgIUS8oqbw7k1yP2K8QBy0URzp0jq54wCgYIKoZIzj0EAwIw
KzEOMAwGA1UECgwFQWNtw6kxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wHhcN
MjYxMTIxMDMzMTM4WhcNMzYxMTE4MDMzMTM4WjArMQ4wDAYDVQQKDAVBY23DqTEZ
MBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABLNg7tjdIdrnM0+OhbkxZK/vJzKWrveUSGJ7RKlFvIwtLmgRIGW62UdMTpG2
D0s2YJsj+m/AbZEs/TizBp72EbSjgZ0wgZowHQYDVR0OBBYEFMOlkLoqI6p0E7GM
hf/1f1bHYRZiMB8GA1UdIwQYMBaAFMOlkLoqI6p0E7GMhf/1f1bHYRZiMA8GA1Ud
EwEB/wQFMAMBAf8wRwYDVR0RBEAwPoIQc2hvcC5leGFtcGxlLmNvbYISKi5zaG9w
LmV4YW1wbGUuY29thwQKAAABhxAgAQ24AAAAAAAAAAAAAAABMAoGCCqGSM49BAMC
A0gAMEUCIQDaPsKsfLry+alMCDPmPwCp+CRMvE1VHYKlUwzvW+hmQwIgGaQbIfW+
86Jiwil7FXWlG0dMwJWu65JmmpduhO0VEJ4=
-----END CERTIFICATE-----`;

describe('a certificate', () => {
  it('tells its names, its validity and that it signed itself', () => {
    expect(readCertificate(PEM)).toEqual({
      commonName: 'shop.example.com',
      names: ['shop.example.com', '*.shop.example.com', '10.0.0.1', '2001:db8::1'],
      notBefore: '2026-11-21T03:31:38Z',
      notAfter: '2036-11-18T03:31:38Z',
      selfSigned: true,
      issuer: 'shop.example.com',
    });
  });

  it('is read from the first certificate of a chain, whatever stands before it', () => {
    expect(readCertificate(`subject=CN\r\n${PEM.replaceAll('\n', '\r\n')}\r\n${PEM.slice(0, 60)}`)?.commonName).toBe('shop.example.com');
  });

  it('is null when the text or its bytes are not a certificate', () => {
    expect(readCertificate('')).toBeNull();
    expect(readCertificate('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toBeNull();
    expect(readCertificate('-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----')).toBeNull();
    for (let cut = 30; cut < PEM.length; cut += 37) {
      expect(() => readCertificate(`${PEM.slice(0, cut)}\n-----END CERTIFICATE-----`)).not.toThrow();
      expect(() => readCertificate(`${PEM.slice(0, cut)}AAAA${PEM.slice(cut + 4)}`)).not.toThrow();
    }
  });
});
