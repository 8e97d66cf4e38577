declare module 'virtual:first-answer' {
  export const loadFirstAnswer: () => Promise<import('./dev/first-answer.ts').FirstAnswer>;
}
