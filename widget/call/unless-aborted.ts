/** Waiting that an abort ends. Knows nothing of calls. */
import {CallError} from './call-error.js';

/** `work`, or a rejection with `aborted` as soon as the signal is. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(CallError.aborted());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
