import type { Deviation } from './deviation.ts'

/** A secret that the account's channels have or had. */
export interface KnownSecret {
  /** As text. */
  text: string
  role: 'present' | 'previous' | 'expired' | 'other_channel'
  /** Of another channel: its name. */
  channelName?: string
}

/** What people give instead of the secret, and what becomes of it on its way out of a file or a variable. */
export function secretDeviations(
  present: string,
  others: readonly KnownSecret[],
  ids: Record<string, string>,
): Deviation[] {
  const bytes = Buffer.from(present, 'latin1')
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(present)
  const spoiled: [Deviation['kind'], string, string?][] = [
    ['secret_whitespace', `${present}\n`, '\\n'],
    ['secret_whitespace', `${present}\r\n`, '\\r\\n'],
    ['secret_whitespace', `${present}\r`, '\\r'],
    ['secret_whitespace', `${present} `],
    ['secret_whitespace', ` ${present}`],
    ['secret_whitespace', `${present}\0`, '\\0'],
    ['secret_whitespace', `\xef\xbb\xbf${present}`, 'BOM'],
    ['secret_quoted', `"${present}"`],
    ['secret_quoted', `'${present}'`],
    ['secret_case', present.toUpperCase()],
    ['secret_encoded', bytes.toString('base64'), 'base64'],
    ['secret_encoded', bytes.toString('hex'), 'hex'],
    ['secret_empty', ''],
    ['secret_empty', 'undefined', 'undefined'],
    ['secret_empty', 'null', 'null'],
    ['secret_empty', 'None', 'None'],
  ]
  if (isHex) spoiled.push(['secret_decoded', Buffer.from(present, 'hex').toString('latin1'), 'hex'])
  spoiled.push(['secret_decoded', Buffer.from(present, 'base64').toString('latin1'), 'base64'])
  for (const [name, id] of Object.entries(ids)) spoiled.push(['secret_is_id', id, name])
  return [
    ...others.map(otherSecret),
    ...spoiled
      .filter(([, secret]) => secret !== present)
      .map(([kind, secret, value]) => ({
        kind,
        on: 'secret' as const,
        change: { secret },
        isCommon: true,
        ...(value && { value }),
      })),
  ]
}

function otherSecret({ text, role, channelName }: KnownSecret): Deviation {
  const isOther = role === 'other_channel'
  return {
    kind: isOther ? 'secret_of_other_channel' : 'secret_previous',
    on: 'secret',
    change: { secret: text },
    isCommon: true,
    ...(channelName !== undefined && { value: channelName }),
  }
}
