/** How the chats API refuses, by status; every set of codes is described once. */
export class Refusals {
  #wire
  #all = {}

  constructor(wire) {
    this.#wire = wire
    this.#all.ErrInternalServer = internalError(wire.ERROR_CATALOGUE.ErrInternalServer)
  }

  get all() {
    return Object.fromEntries(Object.entries(this.#all).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  of(codes) {
    const byStatus = {}
    for (const code of [...codes].filter((one) => one.startsWith('ORIGIN_')).sort()) {
      const status = this.#wire.STATUS[code]
      byStatus[status] = [...(byStatus[status] ?? []), code]
    }
    const refused = Object.entries(byStatus).map(([status, list]) => [status, this.#refer(status, list)])
    return Object.fromEntries([...refused, ['500', refer('ErrInternalServer')]])
  }

  #refer(status, codes) {
    const name = codes.map(pascal).join('Or')
    const said = codes.map((code) => [code, this.#wire.ERROR_CATALOGUE[code]])
    this.#all[name] ??= {
      description: said
        .map(([code, { meaning, cause, cure }]) => `\`${code}\`: ${meaning}\n\nCause: ${cause}\n\nCure: ${cure}`)
        .join('\n\n'),
      ...(status === '429' && { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } }),
      content: {
        'application/json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/ErrorAnswer' },
              {
                type: 'object',
                properties: { error_code: { const: Number(status) }, error_type: { enum: codes } },
              },
            ],
          },
        },
      },
    }
    return refer(name)
  }
}

const refer = (name) => ({ $ref: `#/components/responses/${name}` })

function internalError({ meaning, cause, cure }) {
  const text = { type: 'string' }
  return {
    description: `${meaning}\n\nCause: ${cause}\n\nCure: ${cure}`,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            title: { const: 'ErrInternalServer' },
            status: { const: 500 },
            detail: text,
            trace_id: { type: 'string', description: 'Names the request in the log.' },
          },
          required: ['title', 'status', 'detail', 'trace_id'],
        },
      },
    },
  }
}

const pascal = (code) =>
  code
    .replace('ORIGIN_', '')
    .toLowerCase()
    .replaceAll(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase())
