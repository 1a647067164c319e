/** How a connection of a call is made. */
import type {IceConfiguration} from '../../protocol/shapes.js';
import type {CallOptions} from './call-options.js';

/** @param ice What the relay says; the host's own servers are used besides. */
export function rtcConfiguration(
  ice: IceConfiguration,
  {iceServers, iceTransportPolicy}: Pick<CallOptions, 'iceServers' | 'iceTransportPolicy'>,
): RTCConfiguration {
  return {
    iceServers: [...(ice.iceServers as RTCIceServer[]), ...iceServers],
    iceTransportPolicy,
    bundlePolicy: 'max-bundle',
  };
}
