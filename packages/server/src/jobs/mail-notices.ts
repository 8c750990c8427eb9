import type { EndpointNotice } from '../domain/deliveries/endpoint-notice.ts'
import type { Mail, Mailer } from '../lib/mailer.ts'

/** Writes to a channel's error address, when it has one and mail can be sent. */
export function mailNotices(mailer: Mailer | undefined, publicUrl: () => string): (notice: EndpointNotice) => void {
  return (notice) => {
    const to = notice.channel.errorEmail
    if (mailer && to !== null && to !== '') mailer.send({ to, ...describeNotice(notice, publicUrl()) })
  }
}

export function describeNotice(notice: EndpointNotice, publicUrl: string): Omit<Mail, 'to'> {
  const { channel, failingSince, lastFailure } = notice
  const since = `${failingSince.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const last = `Last failure: ${lastFailure}.`
  const texts = {
    failing: {
      subject: `${channel.name} does not take messages`,
      lines: [
        `The endpoint of ${channel.name} (${channel.code}) has not taken a hook since ${since}.`,
        last,
        'Parley keeps what waits and tries again for about 18 hours per message, in order. Nothing has to be done here once the endpoint answers again.',
      ],
    },
    recovered: {
      subject: `${channel.name} takes messages again`,
      lines: [
        `The endpoint of ${channel.name} (${channel.code}) answers again. It had failed since ${since}.`,
        'What was given up meanwhile can be sent again:',
        `  parley deliveries replay --channel ${channel.id} --since ${failingSince.toISOString()} --state given_up`,
      ],
    },
    switched_off: {
      subject: `${channel.name} is switched off`,
      lines: [
        `The endpoint of ${channel.name} (${channel.code}) has failed since ${since} without a single success, so Parley sends nothing to it any more.`,
        last,
        'Messages wait and nothing is lost. When the endpoint works again, switch the channel on, and all of them leave in order:',
        `  parley channel switch-on ${channel.id}`,
      ],
    },
  }
  const { subject, lines } = texts[notice.kind]
  return { subject, text: `${[...lines, `Parley at ${publicUrl}`].join('\n\n')}\n` }
}
