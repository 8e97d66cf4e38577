/** Ingress controllers whose workload was pasted, recognised by the image of their container. */
import type { Container, PodSpec } from '../../kinds/pod/pod-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Controller } from '../cluster.ts';
import type { Ledger } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { type Labels, matchesLabels } from '../selectors.ts';
import { resolveTargetPort } from '../target-port.ts';
import { KNOWN_CONTROLLERS, type KnownController } from './known.ts';
import { claimRules, flagValue } from './claim-flags.ts';
import type { RunningController } from './running.ts';

export interface PastedController extends RunningController {
  readonly known: KnownController;
}

interface Template {
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
}

export function pastedControllers(objects: Objects, ledger: Ledger): readonly PastedController[] {
  const templates = templatesOf(objects);
  const out: PastedController[] = [];
  for (const template of templates) {
    for (const known of KNOWN_CONTROLLERS) {
      const container = template.spec.containers.find(({ image }) => known.image?.test(image));
      if (container === undefined || !isReally(known, template, templates)) continue;
      const found = read(known, container, template, argsBeside(known, template, templates), objects, ledger);
      const isDuplicate = out.some((other) => other.service !== null && other.service === found.service);
      if (!isDuplicate) out.push(found);
      break;
    }
  }
  return out;
}

/** Templates of workloads, and pasted Pods that no pasted workload owns: `kubectl get pods` shows a controller too. */
function templatesOf(objects: Objects): readonly Template[] {
  const out: Template[] = [];
  for (const { ref, template } of objects.workloads.values())
    if (ref.kind !== 'Job' && ref.kind !== 'CronJob') out.push({ namespace: ref.namespace, ...template });
  const seen = new Set<string>();
  for (const { ref, metadata, spec } of objects.pods.values()) {
    // Of ten thousand Pods few are worth comparing with every template.
    if (!runsController(spec)) continue;
    const owner = metadata.owners[0];
    const id = `${ref.namespace}/${owner?.kind ?? ''}/${owner?.name ?? ref.name}`;
    if (seen.has(id) || out.some((template) => template.namespace === ref.namespace && matchesLabels(metadata.labels, template.labels))) continue;
    seen.add(id);
    // The hash differs between Pods of one Deployment's revisions.
    const { 'pod-template-hash': _, 'controller-revision-hash': __, ...labels } = metadata.labels;
    out.push({ namespace: ref.namespace, labels, spec });
  }
  return out;
}

function runsController({ containers }: PodSpec): boolean {
  return containers.some(({ image }) => KNOWN_CONTROLLERS.some((known) => known.image?.test(image) === true || known.beside?.test(image) === true));
}

function isReally(known: KnownController, template: Template, all: readonly Template[]): boolean {
  if (known.label !== undefined && template.labels[known.label[0]] !== known.label[1]) return false;
  const { beside } = known;
  return beside === undefined || all.some(({ namespace, spec }) => namespace === template.namespace && spec.containers.some(({ image }) => beside.test(image)));
}

/** Flags of the container that tells the one which carries the traffic what to do. */
function argsBeside({ beside }: KnownController, { namespace }: Template, all: readonly Template[]): readonly string[] {
  if (beside === undefined) return [];
  return all.filter((template) => template.namespace === namespace).flatMap(({ spec }) => spec.containers.find(({ image }) => beside.test(image))?.args ?? []);
}

function read(
  known: KnownController,
  container: Container,
  template: Template,
  besideArgs: readonly string[],
  objects: Objects,
  ledger: Ledger,
): PastedController {
  const { args } = container;
  const listens = listensOf(known, container);
  const service = serviceBefore(template, listens, objects);
  return {
    known,
    name: known.name,
    kind: 'ingress',
    implementation: known.implementation,
    claims: claimRules(known, [...args, ...besideArgs]),
    config: configOf(args, template.namespace, ledger),
    args,
    service,
    pods: { namespace: template.namespace, labels: template.labels },
    listens,
    assumption: null,
    statement: null,
    standIn: null,
  };
}

/** Ports by their names, else by their usual numbers; what a project usually listens on where none is declared. */
function listensOf(known: KnownController, { ports, args }: Container): Controller['listens'] {
  const out: { containerPort: number; scheme: 'http' | 'https' }[] = [];
  for (const { name, containerPort, protocol } of ports) {
    if (protocol !== 'TCP') continue;
    if (name !== null && /^(https|websecure|proxy-ssl|proxy-tls)$/.test(name)) out.push({ containerPort, scheme: 'https' });
    else if (name !== null && /^(https?\d?|web|proxy|http2)$/.test(name)) out.push({ containerPort, scheme: 'http' });
    else if (name === null && (containerPort === 80 || containerPort === 8080 || containerPort === 8000)) out.push({ containerPort, scheme: 'http' });
    else if (name === null && (containerPort === 443 || containerPort === 8443)) out.push({ containerPort, scheme: 'https' });
  }
  if (out.length > 0 || known.installation === null) return out;
  const number = (flag: string, usual: number) => Number(flagValue(args, flag) ?? usual) || usual;
  return [
    { containerPort: number('http-port', known.installation.http.containerPort), scheme: 'http' },
    { containerPort: number('https-port', known.installation.https.containerPort), scheme: 'https' },
  ];
}

/** The Service that clients reach it by: one that selects its Pods on a port it listens on, the most public first. */
function serviceBefore(template: Template, listens: Controller['listens'], objects: Objects): string | null {
  const rank = { LoadBalancer: 0, NodePort: 1, ClusterIP: 2, ExternalName: 3 } as const;
  let best: Service | null = null;
  for (const service of objects.services.values()) {
    if (service.ref.namespace !== template.namespace || service.selector === null || service.type === 'ExternalName') continue;
    if (!matchesLabels(template.labels, service.selector)) continue;
    const reaches = service.ports.some((port) => listens.some(({ containerPort }) => containerPort === resolveTargetPort(template.spec, port)));
    if (reaches && (best === null || rank[service.type] < rank[best.type])) best = service;
  }
  return best === null ? null : nameKey(best.ref.namespace, best.ref.name);
}

/** The pasted ConfigMap that `--configmap` names. */
function configOf(args: readonly string[], namespace: string, ledger: Ledger): Readonly<Record<string, string>> {
  const flag = flagValue(args, 'configmap');
  if (flag === null) return {};
  const [where, name] = flag.includes('/') ? (flag.split('/') as [string, string]) : [namespace, flag];
  const own = where.startsWith('$(') ? namespace : where;
  const found = ledger.manifests.objects.find(({ ref }) => ref.kind === 'ConfigMap' && ref.namespace === own && ref.name === name);
  const data = found?.value['data'];
  if (!isRecord(data)) return {};
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
