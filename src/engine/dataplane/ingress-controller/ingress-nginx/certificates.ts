/** Certificates of ingress-nginx: one per server, and the controller's own for every other name (S10.15). */
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { certificateOf, covers, ownCertificate } from '../certificate.ts';
import { hostMatches, wildcardOf } from '../host.ts';
import type { CertificateChoice } from '../implementation.ts';
import type { Configuration, Server } from './configuration.ts';
import { CATCH_ALL } from './configuration.ts';
import type { Settings } from './settings.ts';
import { serverNames } from './server-choice.ts';

/** Name in the certificate that the controller makes for itself at start. */
const FAKE = ['ingress.local'];

/**
 * What an Ingress settles for one of its hosts; null when it has no `tls` at all. With `tls` but without a usable
 * Secret for the host it settles on the default certificate, and the server counts as one with TLS (S10.13).
 */
export function serverCertificate(cluster: Cluster, settings: Settings, ingress: Ingress, host: string): CertificateChoice | null {
  if (ingress.tls.length === 0) return null;
  const because = [{ object: ingress.ref, path: ['spec', 'tls'] }];
  const named = ingress.tls.findIndex((entry) => entry.hosts.some((name) => name.toLowerCase() === host));
  const index = named >= 0 ? named : ingress.tls.findIndex((entry) => coveredBy(cluster, ingress, entry.secretName, host));
  const entry = ingress.tls[index];
  const instead = (why: Parameters<typeof ownCertificate>[1]['why']) => defaultCertificate(cluster, settings, { why, because, rules: ['S10.15'] });
  if (entry === undefined) return instead([msg('ingress.nginx.tls.not-named', { host })]);
  if (entry.secretName === null) return instead([msg('ingress.nginx.tls.no-secret-name', { host })]);
  const key = nameKey(ingress.ref.namespace, entry.secretName);
  const choice = certificateOf(cluster, ingress, index, host);
  if (choice === null) return instead([msg('ingress.tls.secret-unusable', { secret: key, host })]);
  if (choice.secret !== null && !covers(choice.secret, host)) return instead([msg('ingress.nginx.tls.not-covered', { secret: key, host })]);
  return { ...choice, rules: ['S10.15'] };
}

/** Whether a Secret's certificate names the host, for entries that do not: unreadable ones are not tried. */
function coveredBy(cluster: Cluster, ingress: Ingress, secretName: string | null, host: string): boolean {
  const secret = secretName === null ? undefined : cluster.secrets.get(nameKey(ingress.ref.namespace, secretName));
  return secret?.certificate != null && secret.usableForTls && covers(secret, host);
}

/** The certificate of `--default-ssl-certificate`, else the one the controller made for itself. */
export function defaultCertificate(cluster: Cluster, settings: Settings, partial: Pick<CertificateChoice, 'why' | 'because' | 'rules'>): CertificateChoice {
  const secret = settings.defaultSslCertificate === null ? undefined : cluster.secrets.get(settings.defaultSslCertificate);
  if (secret === undefined || !secret.usableForTls || secret.certificate === null)
    return ownCertificate(FAKE, { ...partial, why: [...partial.why, msg('ingress.nginx.tls.fake')] });
  const { names, selfSigned } = secret.certificate;
  const key = nameKey(secret.ref.namespace, secret.ref.name);
  return { ...partial, secret, names, trusted: !selfSigned, why: [...partial.why, msg('ingress.nginx.tls.default', { secret: key })] };
}

/** The certificate settled for a host or its wildcard through `tls`; null when nothing was (S10.13). */
export function configuredCertificate(configuration: Configuration, host: string): CertificateChoice | null {
  const certificates = certificateTable(configuration);
  const wildcard = wildcardOf(host);
  return certificates.get(host) ?? (wildcard === null ? undefined : certificates.get(wildcard)) ?? null;
}

const memo = new WeakMap<Configuration, ReadonlyMap<string, CertificateChoice>>();

/** By server name, alias and `www` twin; the latter two only where the certificate covers them. */
function certificateTable(configuration: Configuration): ReadonlyMap<string, CertificateChoice> {
  let table = memo.get(configuration);
  if (table === undefined) memo.set(configuration, (table = buildTable(configuration)));
  return table;
}

function buildTable(configuration: Configuration): ReadonlyMap<string, CertificateChoice> {
  const table = new Map<string, CertificateChoice>();
  for (const server of configuration.servers.values()) if (server.certificate !== null && server.host !== CATCH_ALL) table.set(server.host, server.certificate);
  for (const server of configuration.servers.values()) for (const alias of server.aliases) addCovered(table, server, alias);
  for (const { from, server } of serverNames(configuration).redirects.values()) addCovered(table, server, from);
  return table;
}

function addCovered(table: Map<string, CertificateChoice>, { certificate }: Server, name: string): void {
  if (certificate !== null && !table.has(name) && certificate.names.some((covered) => hostMatches(covered, name))) table.set(name, certificate);
}
