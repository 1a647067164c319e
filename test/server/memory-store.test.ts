/** The store in memory keeps the promises of a store. */
import {MemoryStore} from '../../server/relay/memory-store.js';
import {testStore} from './store-contract.js';

testStore('in memory', () => new MemoryStore());
