const SAID = {
  invalid_request: 'Something in the request is not understood; `details.field` names it where it can.',
  not_logged_in: 'Nobody is logged in, or the token is not valid any more.',
  wrong_credentials: 'The e-mail, the password or the code is wrong.',
  second_factor_needed: 'The password was right; `details` say how the second step goes.',
  log_in_expired: 'This step or link is too old, or was used.',
  forbidden: 'Not allowed to whoever asks.',
  not_found: 'No such thing, or none that whoever asks may see.',
  conflict: 'It cannot be done as things stand; `message` says why.',
  account_ambiguous: 'Several accounts have this log-in; say `subdomain`.',
  too_large: 'More than may be sent.',
  too_many_attempts: 'Too often; `Retry-After` says in how many seconds to come again.',
}

/** Refusals, named by their codes, so that each is described once. */
export class Responses {
  #status
  #all = {}

  constructor(status) {
    this.#status = status
  }

  get all() {
    return Object.fromEntries(Object.entries(this.#all).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** By status, of what an operation can refuse with. */
  of(codes) {
    const byStatus = {}
    for (const code of [...codes].filter((one) => SAID[one]).sort()) {
      const status = this.#status[code]
      byStatus[status] = [...(byStatus[status] ?? []), code]
    }
    return Object.fromEntries(Object.entries(byStatus).map(([status, list]) => [status, this.#refer(list)]))
  }

  #refer(codes) {
    const name = codes.map(pascal).join('Or')
    this.#all[name] ??= {
      description: codes.map((code) => `\`${code}\`: ${SAID[code]}`).join(' '),
      ...(codes.includes('too_many_attempts') && {
        headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
      }),
      content: {
        'application/json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/ApiError' },
              { type: 'object', properties: { error: { type: 'object', properties: { code: { enum: codes } } } } },
            ],
          },
        },
      },
    }
    return { $ref: `#/components/responses/${name}` }
  }
}

const pascal = (code) => code.replaceAll(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase())
