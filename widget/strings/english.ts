/** All English texts in one object: what a translation starts from. The element itself loads them in three parts. */
import {CALL_TEXTS} from './call-texts.js';
import {IDLE_TEXTS, type Strings} from './catalogue.js';
import {OUTCOME_TEXTS} from './outcome-texts.js';

export const ENGLISH: Strings = {...IDLE_TEXTS, ...CALL_TEXTS, ...OUTCOME_TEXTS};
