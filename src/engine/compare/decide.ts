/** A way for a purpose, tried out on the person’s own manifests, with the texts that lead there. */
import { msg } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { insideClient } from '../dataplane/suggest.ts';
import { EXTERNAL_CLIENT } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import { arrives, bestOf, tryWay, type Trial } from './column.ts';
import type { Answers, Cell, DecideQuestion, Decision } from './comparison.ts';
import { situationOf } from './situation.ts';
import { recommend } from './recommend.ts';
import { source } from './rows/packet.ts';
import { byTrace, endOf } from './rows/row.ts';
import { chooseTarget, servicesOf, targetsIn } from './target.ts';
import { titleOf, waysOf } from './ways.ts';
import { worldsOf } from './world.ts';
import { ASSUMED_PRICES } from './cost.ts';

export function decide({ workspace, request, workload, answers }: DecideQuestion): Decision {
  const { way: id, reasons, others } = recommend(answers);
  const worlds = worldsOf(workspace);
  const targets = targetsIn(worlds.base.cluster);
  const asked = fromWhere(request, answers, worlds.base.cluster, workload);
  const situation = situationOf(worlds, targets, { request: asked, workload }, answers.clientAddress);
  const [way] = waysOf([id]);
  const trial = situation === null || way === undefined ? null : tryWay(way, situation, workspace, worlds);
  return {
    way: id,
    title: titleOf(id),
    reasons,
    others: others.map(({ way: other, why }) => ({ title: titleOf(other), why })),
    column: trial?.column ?? null,
    shown: trial === null ? [] : shownBy(trial, answers),
  };
}

/** Whoever is meant to call, calls: a Pod for what stays inside, a client on the Internet for what does not. */
function fromWhere(request: RequestDraft, { reach }: Answers, cluster: Cluster, workload: DecideQuestion['workload']): RequestDraft {
  const isOutside = request.from.kind === 'external';
  if ((reach === 'outside') === isOutside) return request;
  if (reach === 'outside') return { ...request, from: { kind: 'external', ip: EXTERNAL_CLIENT } };
  if (request.from.kind !== 'external' && request.from.kind !== 'node') return request;
  const target = chooseTarget(targetsIn(cluster), workload, null);
  const service = target === null ? undefined : (servicesOf(cluster, target)[0] ?? cluster.services.values().next().value);
  const from = service === undefined ? null : insideClient(cluster, service);
  return from === null ? request : { ...request, from };
}

function shownBy(trial: Trial, { clientAddress }: Answers): Cell {
  const seen = bestOf(trial);
  const url = byTrace(msg('compare.called', { url: seen.request.url }), trial.best);
  if (!arrives(seen.trace)) return [url, endOf(trial.best, seen)];
  return [url, endOf(trial.best, seen), ...(clientAddress ? source.cell(trial, { services: 1, prices: ASSUMED_PRICES }) : [])];
}
