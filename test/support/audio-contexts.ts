/** Which instruments a page has opened. */
import type {Doubles} from './doubles.js';

/** Every `AudioContext` that is made from now on, oldest first, until the doubles are taken away. */
export function watchContexts({put}: Pick<Doubles, 'put'>): AudioContext[] {
  const contexts: AudioContext[] = [];
  const {AudioContext: Original} = globalThis;
  put(globalThis, 'AudioContext', {
    value: class extends Original {
      constructor() {
        super();
        contexts.push(this);
      }
    },
  });
  return contexts;
}
