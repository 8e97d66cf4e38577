/**
 * The Services that rules choose, from the box that has the rules: the rules as they are written, the gate on the track
 * where a route crosses namespaces, and what is never chosen with the reason.
 */
import { msg, type Message } from '../catalogue/message.ts';
import { nameKey, refKey, type Cluster, type ObjectRef } from '../engine/index.ts';
import { assumedObject } from './boxes.ts';
import { shareText } from './gaps.ts';
import type { Choice } from './proxies.ts';
import { addService } from './service-sketch.ts';
import { passId, plainBox, type Sketch, type SketchBox } from './sketch.ts';

/** Services of one proxy, and Services that no rule chooses, each. */
export const MAX_SERVICES = 6;
/** Rules written on one Service. */
const MAX_RULES = 2;

/** All that is said of one Service by the rules of one proxy. */
interface Chosen {
  readonly backend: ObjectRef;
  readonly labels: readonly string[];
  /** Null: some rule leads there. */
  readonly refused: Message | null;
  readonly gate: Choice['gate'];
}

interface Origin {
  /** Id of the box that has the rules. */
  readonly from: string;
  readonly pass: number;
  /** Asked for: its rules come first. Null: no request. */
  readonly host: string | null;
  /** False: nobody follows the rules. */
  readonly isServed: boolean;
}

export function sketchRules(sketch: Sketch, cluster: Cluster, choices: readonly Choice[], { from, pass, host, isServed }: Origin): void {
  const rules = byBackend(choices, host);
  const idOf = (key: string) => passId(key, pass);
  // What the request uses is always shown; the rest in the order of the rules, up to the limit.
  const quiet = [...rules.keys()].filter((key) => !sketch.boxes.has(idOf(key)));
  const shown = new Set(quiet.slice(0, Math.max(0, MAX_SERVICES - (rules.size - quiet.length))));
  for (const [rank, [key, { backend, labels, refused, gate }]] of [...rules].entries()) {
    const id = idOf(key);
    const isNew = !sketch.boxes.has(id);
    if (isNew && !shown.has(key)) continue;
    if (isNew) addBackend(sketch, cluster, backend, id, pass, shown.size);
    sketch.change(id, (box) => ({ rank, rules: box.rules.length > 0 ? box.rules : shortRules(labels) }));
    sayRefused(sketch, id, refused, gate);
    const leads = isServed && refused === null && sketch.boxes.get(id)?.state !== 'excluded';
    sketch.join(from, id, leads ? 'quiet' : 'excluded', null);
    if (gate !== null) addGate(sketch, cluster, from, id, backend, gate.grant);
  }
  const hidden = quiet.length - shown.size;
  if (hidden > 0) {
    const more = moreServices(from, pass, hidden);
    sketch.add(more);
    sketch.join(from, more.id, isServed ? 'quiet' : 'excluded', null);
  }
}

function addBackend(sketch: Sketch, cluster: Cluster, backend: ObjectRef, id: string, pass: number, among: number): void {
  const { kind, namespace, name } = backend;
  if (kind === 'Service') addService(sketch, cluster, nameKey(namespace, name), pass, among);
  else sketch.add(plainBox({ id, lane: 'service', pass, kicker: kind, title: name, state: 'excluded', outline: 'dashed', object: backend }));
}

/** The gate says by itself that a grant is missing, and a Service that does not exist says so too. */
function sayRefused(sketch: Sketch, id: string, refused: Message | null, gate: Choice['gate']): void {
  const box = sketch.boxes.get(id);
  if (refused === null || gate?.grant === null || box === undefined || box.hop !== null) return;
  const isSaid = box.facts.some((fact) => typeof fact !== 'string' && (fact.id === 'scene.fact.missing' || fact.id === refused.id));
  if (!isSaid) sketch.change(id, ({ facts }) => ({ facts: [...facts, refused] }));
}

/** The ReferenceGrant below the Service that it opens, and its mark on the track. */
function addGate(sketch: Sketch, cluster: Cluster, from: string, to: string, backend: ObjectRef, grant: ObjectRef | null): void {
  sketch.gate(from, to, grant === null ? 'closed' : 'open');
  const isTaken = ['taken', 'arrived'].includes(sketch.boxes.get(to)?.state ?? '');
  const isAssumed = assumedObject(cluster, grant).length > 0;
  sketch.add(
    plainBox({
      id: `grant:${to}`,
      lane: 'node',
      hangs: to,
      kicker: msg('scene.box.grant'),
      title: grant === null ? msg('scene.fact.grant-missing') : grant.name,
      facts: [grant?.namespace ?? backend.namespace],
      state: grant === null ? 'excluded' : isAssumed ? 'assumed' : isTaken ? 'taken' : 'quiet',
      outline: 'dashed',
      object: grant,
    }),
  );
}

function shortRules(labels: readonly string[]): readonly string[] {
  return labels.length > MAX_RULES ? [...labels.slice(0, MAX_RULES), `+${labels.length - MAX_RULES}`] : labels;
}

export function moreServices(from: string, pass: number, count: number): SketchBox {
  return plainBox({
    id: passId(`more:services:${from}`, pass),
    lane: 'service',
    pass,
    kicker: msg('scene.box.more'),
    title: msg('scene.more.services', { count }),
    outline: 'dashed',
    folded: count,
    rank: Number.MAX_SAFE_INTEGER,
  });
}

/** By the key of the backend's box, in the order of the rules, those of the asked host first. */
function byBackend(choices: readonly Choice[], host: string | null): ReadonlyMap<string, Chosen> {
  const hosts = new Set(choices.map((choice) => choice.host).filter((name) => name !== ''));
  const ordered = host === null ? choices : [...choices.filter((choice) => choice.host === host), ...choices.filter((choice) => choice.host !== host)];
  const chosen = new Map<string, Chosen>();
  for (const choice of ordered) {
    const { backend } = choice;
    const key = backend.kind === 'Service' ? `service:${nameKey(backend.namespace, backend.name)}` : `backend:${refKey(backend)}`;
    const label = labelOf(choice, hosts.size > 1);
    const known = chosen.get(key);
    if (known === undefined) {
      chosen.set(key, { backend, labels: [label], refused: choice.refused, gate: choice.gate });
      continue;
    }
    const labels = known.labels.includes(label) ? known.labels : [...known.labels, label];
    const refused = known.refused === null || choice.refused === null ? null : known.refused;
    // A way without a gate, or with an open one, is a way.
    const gate = known.gate === null || choice.gate === null ? null : known.gate.grant === null ? choice.gate : known.gate;
    chosen.set(key, { backend, labels, refused, gate });
  }
  return chosen;
}

function labelOf({ host, label, share }: Choice, namesHost: boolean): string {
  const named = namesHost && label !== host ? `${host}${label}` : label;
  return share === 1 ? named : `${named} ${shareText(share)}`;
}
