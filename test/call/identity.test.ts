/** One identity for one element of one tab, the same after a reload. */
import {expect} from 'chai';
import {claimIdentity, randomId} from '../../widget/call/identity.js';

/** Resolves with what gives it back. */
function heldLock(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => new Promise<void>((free) => resolve(() => free())));
  });
}

describe('an identity', () => {
  it('is remembered for the next page of this tab', async () => {
    const url = `https://relay.test/${randomId()}`;
    const before = await claimIdentity(url);
    expect(before.kept.token).to.equal(undefined);
    before.keep({token: 'token'});
    before.release();
    const after = await claimIdentity(url);
    expect(after.kept.token).to.equal('token');
    after.release();
  });

  it('is not shared by two elements of one page', async () => {
    const url = `https://relay.test/${randomId()}`;
    const first = await claimIdentity(url);
    first.keep({token: 'first'});
    const second = await claimIdentity(url);
    expect(second.kept.token).to.equal(undefined);
    second.keep({token: 'second'});
    expect(first.kept.token).to.equal('first');
    first.release();
    second.release();
  });

  it('of a duplicated tab stays its own when the first is closed', async () => {
    const url = `https://relay.test/${randomId()}`;
    for (let times = 0; times < 4; times++) {
      // Copied with the tab, which holds it.
      const copied = `video-chat-room:identity:${url}#${randomId()}`;
      sessionStorage.setItem(copied, 'copied');
      const close = await heldLock(copied);
      const own = await claimIdentity(url);
      expect(own.kept.token).to.equal(undefined);
      own.keep({token: 'own'});
      own.release();
      close();
      await navigator.locks.request(copied, () => undefined);
      const reloaded = await claimIdentity(url);
      expect(reloaded.kept.token).to.equal('own');
      reloaded.release();
      sessionStorage.clear();
    }
  });

  it('is another one for another relay', async () => {
    const url = `https://relay.test/${randomId()}`;
    const identity = await claimIdentity(`${url}/a`);
    identity.keep({token: 'token'});
    identity.release();
    expect((await claimIdentity(`${url}/b`)).kept.token).to.equal(undefined);
  });

  it('lasts as long as the page where storage is refused', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage')!;
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    try {
      const identity = await claimIdentity('https://relay.test/');
      identity.keep({token: 'token'});
      expect(identity.kept.token).to.equal('token');
      identity.release();
    } finally {
      Object.defineProperty(globalThis, 'sessionStorage', own);
    }
  });

  it('has ids that the protocol takes', () => {
    const ids = new Set(Array.from({length: 200}, randomId));
    expect(ids.size).to.equal(200);
    for (const id of ids) expect(id).to.match(/^[A-Za-z0-9_-]{22}$/);
  });
});
