/** Names with letters beyond ASCII as DNS, TLS and the Host header carry them: `xn--` labels (RFC 3492, RFC 5891). */

/** Lower-cased and composed; labels in ASCII stay as they are. */
export function toAsciiHost(host: string): string {
  return host
    .normalize('NFC')
    .toLowerCase()
    .split(/[.\u3002\uFF0E\uFF61]/)
    .map((label) => (/[^ -~]/.test(label) ? `xn--${encode(label)}` : label))
    .join('.');
}

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

function encode(label: string): string {
  const points = Array.from(label, (char) => char.codePointAt(0)!);
  const basic = points.filter((point) => point < 128);
  let out = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let handled = basic.length;
  let lowest = 128;
  let delta = 0;
  let bias = 72;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= lowest));
    delta += (next - lowest) * (handled + 1);
    lowest = next;
    for (const point of points) {
      if (point < lowest) delta++;
      if (point !== lowest) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (rest < threshold) break;
        out += digit(threshold + ((rest - threshold) % (BASE - threshold)));
        rest = Math.floor((rest - threshold) / (BASE - threshold));
      }
      out += digit(rest);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    lowest++;
  }
  return out;
}

function adapt(delta: number, points: number, first: boolean): number {
  let value = Math.floor(delta / (first ? 700 : 2));
  value += Math.floor(value / points);
  let k = 0;
  for (; value > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) value = Math.floor(value / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * value) / (value + 38));
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22);
}
