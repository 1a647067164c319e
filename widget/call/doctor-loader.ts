/**
 * Fetches the doctor (`doctor/`) when something has failed, when a call is some seconds old, or when
 * somebody asks. Keeps what the doctor must know of the time before; knows nothing of what it does.
 */
import type {CallError} from './call-error.js';
import type {Doctor, DoctorHost} from './doctor/doctor.js';
import {loadChunk} from './load-chunk.js';

/** A call is past its beginning; what it is asked about later happens from now on. */
const AHEAD_OF_NEED_MS = 5_000;

export class DoctorLoader {
  readonly #host: DoctorHost;
  #told: CallError[] = [];
  #loading: Promise<Doctor> | undefined;

  constructor(host: DoctorHost) {
    this.#host = host;
    const load = (): void => void this.load().catch(() => undefined);
    let timer: ReturnType<typeof setTimeout> | undefined;
    host.events.addEventListener('call-error', ({detail}) => {
      if (this.#loading === undefined) this.#told.push(detail.error);
      load();
    });
    host.events.addEventListener('status-changed', ({detail: {status}}) => {
      clearTimeout(timer);
      if (status === 'failed') load();
      if (status === 'in-call') timer = setTimeout(load, AHEAD_OF_NEED_MS);
    });
  }

  /** Rejects if the code cannot be had; the next call tries again. */
  load(): Promise<Doctor> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<Doctor> {
    try {
      const {Doctor} = await loadChunk(() => import('./doctor/doctor.js'));
      return new Doctor(this.#host, this.#told.splice(0));
    } catch (cause) {
      this.#loading = undefined;
      throw cause;
    }
  }
}
