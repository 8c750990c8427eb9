import fc from 'fast-check'

/** JSON with things in it that `JSON.stringify` would not write: see `toJsonText`. */
export type Json = unknown

const RAW = '\u2021raw:'
/** A piece of JSON text that stands in the body as it is: numbers no JavaScript number equals, depth no stack could build. */
const raw = (text: string) => `${RAW}${text}`

const DEEP = 20_000

/** Values that programs trip over. */
export const oddValues: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Json>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      '',
      ' ',
      '0',
      'null',
      [],
      {},
      [null],
      [[]],
      '\0',
      'a\0b',
      '\ud83d',
      'x\udc00y',
      '\uFFFF\u202E\u0007',
      '👩‍👩‍👧'.repeat(40),
      "'; drop table message; --",
      '<img src=x onerror=alert(1)>',
      '__proto__',
      'constructor',
      'javascript:alert(1)',
      'http://127.0.0.1:1/',
      'http://[::1',
      'https://a.example/%zz',
      '../../etc/passwd',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '2026-03-03T10:15:30Z',
      '1772532930',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        '1e999',
        '-1e999',
        '1e308',
        '1e-400',
        '-0',
        '1.0',
        '9007199254740991',
        '9007199254740993',
        '2147483648',
        '-2147483649',
        '9223372036854775808',
        '253402300800',
        '253402300800000',
        '8640000000000000',
        '8640000000000001',
        '1e21',
        '"\\u0000"',
        '"\\ud800"',
        '{"__proto__":{"id":"x"}}',
        '{"toString":1,"hasOwnProperty":2,"constructor":{}}',
        '{"length":1e9}',
      )
      .map(raw),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      raw(`"${'x'.repeat(300)}"`),
      raw(`"${'я'.repeat(128)}"`),
      raw(`"${'x'.repeat(20_001)}"`),
      raw(`"http://a.example/${'x'.repeat(4100)}"`),
      raw('['.repeat(DEEP) + ']'.repeat(DEEP)),
      raw(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
      raw(`[${'{},'.repeat(2000)}{}]`),
    ),
  },
)

/** One change of a document; `at` picks the place among all it has. */
export type Mutation =
  | { op: 'drop' | 'twice' | 'wrap' | 'retype'; at: number }
  | { op: 'put'; at: number; value: Json }
  | { op: 'add'; at: number; name: string; value: Json }

const NAMES = ['__proto__', 'constructor', 'toString', '', 'id', 'msgid', 'text', 'a.b', '0', 'receiver', 'ref_id']

export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ op: fc.constantFrom('drop', 'twice', 'wrap', 'retype'), at: fc.nat(200) }),
  fc.record({ op: fc.constant('put' as const), at: fc.nat(200), value: oddValues }),
  fc.record({ op: fc.constant('add' as const), at: fc.nat(200), name: fc.constantFrom(...NAMES), value: oddValues }),
)

/** A valid document with a few things wrong (or with nothing wrong, when the changes do not matter). */
export function mutated(valid: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(valid, fc.array(mutations, { minLength: 1, maxLength: 3 }))
    .map(([document, changes]) => changes.reduce(mutate, document))
}

function mutate(document: Json, change: Mutation): Json {
  const copy: Json = structuredClone(document)
  const places = listPlaces(copy)
  const place = places[change.at % Math.max(1, places.length)]
  if (!place) return copy
  const { owner, key } = place
  if (change.op === 'add') {
    const target = isObject(owner[key]) ? owner[key] : owner
    setOwn(target, change.name, change.value)
  } else if (change.op === 'drop') delete owner[key]
  else setOwn(owner, key, changed(owner[key], change))
  return copy
}

function changed(value: Json, change: Exclude<Mutation, { op: 'add' }>): Json {
  if (change.op === 'put') return change.value
  if (change.op === 'twice') return [value, value]
  if (change.op === 'wrap') return { value }
  if (typeof value === 'string') return Number.isNaN(Number(value)) ? 7 : Number(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type Owner = Record<string, Json>

const isObject = (value: Json): value is Owner => typeof value === 'object' && value !== null

function listPlaces(root: Json): { owner: Owner; key: string }[] {
  const places: { owner: Owner; key: string }[] = []
  const waiting: Json[] = [root]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (!isObject(value)) continue
    for (const key of Object.keys(value)) {
      places.push({ owner: value, key })
      waiting.push(value[key])
    }
  }
  return places
}

/** Also for `__proto__`, which an assignment would not make a field of. */
function setOwn(owner: Owner, key: string, value: Json): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true })
}

export function toJsonText(document: Json): string {
  const text = JSON.stringify(document) ?? 'null'
  // A raw piece was written as a string: its quotes and escapes go again.
  return text.replaceAll(new RegExp(`"${RAW}((?:[^"\\\\]|\\\\.)*)"`, 'g'), (written) =>
    (JSON.parse(written) as string).slice(RAW.length),
  )
}
