/** What is behind a failure that people are told of: asks the session's doctor where the code alone says too little. */
import type {CallError, ErrorCode, ErrorDetail} from './call/call-error.js';
import type {CauseCode} from './call/doctor/causes.js';
import type {Session} from './call-surface.js';

/** That there is no path has many reasons, each with a remedy of its own. */
export async function causeOf(
  {code, detail}: CallError,
  session: Session,
): Promise<CauseCode | ErrorCode | ErrorDetail> {
  if (code !== 'ice-failed') return detail ?? code;
  try {
    const {causes} = await session.getReport();
    return causes.find(({peer}) => peer !== null)?.code ?? code;
  } catch {
    // The doctor comes from the relay, which may be away.
    return code;
  }
}
