/** Refusals, named by their codes, so that each is described once. */
export class Responses {
  #status
  #catalogue
  #all = {}

  constructor({ status, catalogue }) {
    this.#status = status
    this.#catalogue = catalogue
  }

  get all() {
    return Object.fromEntries(Object.entries(this.#all).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** By status, of what an operation can refuse with. */
  of(codes) {
    const byStatus = {}
    for (const code of [...codes].filter((one) => this.#isOurs(one)).sort()) {
      const status = this.#status[code]
      byStatus[status] = [...(byStatus[status] ?? []), code]
    }
    return Object.fromEntries(Object.entries(byStatus).map(([status, list]) => [status, this.#refer(list)]))
  }

  /** Those of the chats API are spoken of there. */
  #isOurs(code) {
    return code in this.#catalogue && !code.startsWith('ORIGIN_')
  }

  #refer(codes) {
    const name = codes.map(pascal).join('Or')
    this.#all[name] ??= {
      description: codes.map((code) => `\`${code}\`: ${this.#catalogue[code].meaning}`).join(' '),
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
