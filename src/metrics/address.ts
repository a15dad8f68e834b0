// Addresses that no source may have: the link-local ones, where clouds hand out credentials.
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { SetupError } from '../errors.ts';

/**
 * Private addresses stay allowed: sources live inside private networks, the operator names them on the base branch,
 * and no redirect leads from one host to another. The metadata services of the clouds never hold metrics.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
forbidden.addAddress('100.100.100.200', 'ipv4'); // Alibaba Cloud
forbidden.addAddress('168.63.129.16', 'ipv4'); // Azure

/** @throws SetupError where the address is a forbidden number; names are looked at when they are resolved */
export function refuseAddress(url: URL, source: string): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isForbidden(host)) throw refusal(host, source);
}

/** Resolves a name and refuses forbidden addresses in the same step, so that a name can't change in between. */
export function guardedLookup(source: string): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const bad = addresses?.find(({ address }) => isForbidden(address));
      if (error !== null || bad !== undefined) return done(error ?? refusal(bad?.address ?? host, source), '', 4);
      const [first] = addresses;
      return options.all ? done(null, addresses) : done(null, first?.address ?? '', first?.family ?? 4);
    });
  };
}

function isForbidden(address: string): boolean {
  // An IPv4 address inside IPv6 (::ffff:169.254.169.254) is matched against the IPv4 rules by BlockList itself.
  return forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function refusal(address: string, source: string): SetupError {
  return new SetupError(`the source \`${source}\` leads to ${address}, an address of a cloud’s own services`, 'Write the address of the metrics server in `url` of the source.');
}
