/** The code for directories that cannot be had at first. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {DEFAULT_CALL_OPTIONS} from '../../widget/call/call-options.js';
import {IDLE_STATE} from '../../widget/call/call-state.js';
import {DirectoryLoader} from '../../widget/call/directory-loader.js';
import type {PresenceHost} from '../../widget/call/directory-presence.js';
import {until} from '../support/calls.js';

describe('the code for directories', () => {
  function loader(failures: number) {
    const errors: CallError[] = [];
    const made: unknown[] = [];
    let tries = 0;
    class Presence {
      constructor() {
        made.push(this);
      }
      update(): void {
        made.push('update');
      }
    }
    const host = {
      state: () => IDLE_STATE,
      options: () => ({...DEFAULT_CALL_OPTIONS, directory: 'office'}),
      report: (error: CallError) => errors.push(error),
    } as unknown as PresenceHost;
    const load = () =>
      ++tries > failures
        ? Promise.resolve({DirectoryPresence: Presence})
        : Promise.reject(new TypeError('no network'));
    return {loader: new DirectoryLoader(host, load as never), errors, made};
  }

  it('is asked for until it is there, and its absence is told once', async () => {
    const {loader: directories, errors, made} = loader(2);
    directories.update();
    directories.update();
    await until(() => made.length === 2, 'it is there');
    expect(made[1]).to.equal('update');
    expect(errors.map(({code}) => code)).to.deep.equal(['internal']);
  });
});
