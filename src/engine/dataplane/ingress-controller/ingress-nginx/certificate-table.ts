/** Certificates by name: servers, the aliases and `www` twins that a server's certificate covers (S10.13, S10.15). */
import { hostMatches, wildcardOf } from '../../proxy/host.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { Configuration, Server } from './configuration.ts';
import { CATCH_ALL } from './configuration.ts';
import { serverNames } from './server-choice.ts';

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
