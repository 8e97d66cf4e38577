/**
 * What may be called how: the name grammars of the API machinery (S4.1).
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const dns1123Label = new RegExp(`^${LABEL}$`);
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const dns1123Subdomain = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const wildcardSubdomain = new RegExp(`^\\*\\.${LABEL}(\\.${LABEL})*$`);
const qualifiedPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

export function isDns1123Label(text: string): boolean {
  return text.length <= 63 && dns1123Label.test(text);
}

/** Begins with a letter: what a Service name was before Kubernetes 1.36. */
export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && dns1035Label.test(text);
}

export function isDns1123Subdomain(text: string): boolean {
  return text.length <= 253 && dns1123Subdomain.test(text);
}

/** `*.example.com`: the star stands for exactly the first label. */
export function isWildcardSubdomain(text: string): boolean {
  return text.length <= 253 && wildcardSubdomain.test(text);
}

/** An IANA service name, which names a port of a container or of an Ingress backend. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9-]+$/.test(text) && /[a-z]/.test(text) && !/^-|--|-$/.test(text);
}

/** `app` or `example.com/app`: label and annotation keys, load balancer classes, application protocols. */
export function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop() ?? '';
  const [prefix] = parts;
  return parts.length < 2 && (prefix === undefined || isDns1123Subdomain(prefix)) && name.length <= 63 && qualifiedPart.test(name);
}

/** May be empty. */
export function isLabelValue(text: string): boolean {
  return text.length <= 63 && (text === '' || qualifiedPart.test(text));
}

/** `example.com/controller`: a domain, a slash and a path. */
export function isDomainPrefixedPath(text: string): boolean {
  const slash = text.indexOf('/');
  return slash > 0 && isDns1123Subdomain(text.slice(0, slash)) && /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text.slice(slash + 1));
}
