/** The day in UTC that the clock of this computer shows, `2026-11-29`: what the engine, which has none, takes for today. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
