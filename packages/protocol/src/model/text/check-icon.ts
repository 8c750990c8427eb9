/** An icon is kept as text and drawn at 14 × 14. */
export const MAX_ICON_BYTES = 100 * 1024

const ELEMENTS = new Set(
  'svg g defs symbol use path circle ellipse rect line polyline polygon linearGradient radialGradient stop clipPath mask title desc'.split(
    ' ',
  ),
)
const NAMESPACES: Readonly<Record<string, string>> = {
  xmlns: 'http://www.w3.org/2000/svg',
  'xmlns:svg': 'http://www.w3.org/2000/svg',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
}
/** What could run, load or be read otherwise later is not in the list, so that it need not be known by name. */
const ATTRIBUTES = new Set(
  (
    'id class x y x1 y1 x2 y2 cx cy r rx ry fx fy d points width height viewBox version transform fill fill-opacity ' +
    'fill-rule clip-path clip-rule mask opacity stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin ' +
    'stroke-miterlimit stroke-dasharray stroke-dashoffset stop-color stop-opacity offset gradientUnits gradientTransform ' +
    'spreadMethod clipPathUnits maskUnits maskContentUnits preserveAspectRatio color display visibility vector-effect ' +
    'pathLength role aria-label aria-hidden focusable xml:space href xlink:href'
  ).split(' '),
)
const TAG = /^<(\/?)([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/
const ATTRIBUTE = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const PROLOG = /^\uFEFF?\s*(?:<\?xml\s[^<>?]*\?>)?\s*/
const COMMENT = /^<!--(?!>|->)[\s\S]*?-->/

/**
 * Why this is no icon that can be shown without harm; undefined when it is one. Only what draws is let through: no scripts, no
 * handlers, no styles, nothing from elsewhere, no entities. Nothing is taken out of it: what is refused is for its maker to change.
 */
export function findIconFault(svg: string): string | undefined {
  if (new TextEncoder().encode(svg).length > MAX_ICON_BYTES) return 'must not be larger than 100 KB'
  let rest = svg.replace(PROLOG, '')
  const open: string[] = []
  let isDrawn = false
  while (rest !== '') {
    const at = rest.indexOf('<')
    const text = at < 0 ? rest : rest.slice(0, at)
    if (hasEntity(text)) return 'must not hold entities'
    if (open.length === 0 && text.trim() !== '') return 'is no SVG: it must begin with <svg and end with </svg>'
    if (at < 0) break
    rest = rest.slice(at)
    const comment = COMMENT.exec(rest)
    if (comment) {
      rest = rest.slice(comment[0].length)
      continue
    }
    if (/^<!(?:doctype|entity|\[)/i.test(rest)) return 'must not hold a DOCTYPE, entities or CDATA'
    const tag = TAG.exec(rest)
    if (!tag) return `is no SVG: it cannot be read at ${JSON.stringify(rest.slice(0, 30))}`
    rest = rest.slice(tag[0].length)
    const [, closing = '', name = '', attributes = '', isEmpty = ''] = tag
    if (closing !== '') {
      if (open.pop() !== name) return `is no SVG: </${name}> closes nothing`
      continue
    }
    if (!ELEMENTS.has(name)) return `must not hold <${name}>: only what draws is taken`
    if (open.length === 0 && (isDrawn || name !== 'svg')) return 'is no SVG: it must begin with <svg'
    const fault = findAttributeFault(attributes) ?? (open.length === 0 ? findShapeFault(attributes) : undefined)
    if (fault !== undefined) return fault
    isDrawn = true
    if (isEmpty === '') open.push(name)
  }
  if (!isDrawn) return 'is no SVG: it must begin with <svg'
  return open.length > 0 ? `is no SVG: <${open.at(-1)}> is not closed` : undefined
}

const hasEntity = (text: string) => /&(?!(?:amp|lt|gt|quot|apos);)/.test(text)

function readAttributes(text: string): [name: string, value: string][] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [name, double ?? single ?? ''])
}

function findAttributeFault(text: string): string | undefined {
  for (const [name, value] of readAttributes(text)) {
    if (NAMESPACES[name] !== undefined) {
      if (value !== NAMESPACES[name]) return `must not name the namespace ${value}`
      continue
    }
    if (/^on/i.test(name)) return `must not hold the handler ${name}`
    if (!ATTRIBUTES.has(name)) return `must not hold the attribute ${name}: only what draws is taken`
    if (value.includes('&')) return 'must not hold entities'
    if (/href$/.test(name) ? !/^#[\w.-]+$/.test(value) : !isOwn(value))
      return `must not refer to anything outside itself (${name})`
  }
  return undefined
}

/** `url(#id)` is a part of the same picture; any other address, and anything that could be one in disguise, is not. */
const isOwn = (value: string) =>
  !/[\\@]|:\/\/|url\s*\(|script\s*:|data\s*:/i.test(value.replace(/url\(#[\w.-]+\)/g, ''))

/** It is drawn in a circle. */
function findShapeFault(text: string): string | undefined {
  const given = Object.fromEntries(readAttributes(text))
  if (given.xmlns === undefined) return 'must say xmlns="http://www.w3.org/2000/svg"'
  const box = given.viewBox
    ?.trim()
    .split(/[\s,]+/)
    .map(Number)
  const [width, height] = box
    ? [box[2], box[3]]
    : [Number.parseFloat(given.width ?? ''), Number.parseFloat(given.height ?? '')]
  if (!width || !height || !(width > 0)) return 'must say how large it is, e.g. viewBox="0 0 14 14"'
  return width === height ? undefined : 'must be as wide as high, e.g. viewBox="0 0 14 14": it is shown in a circle'
}
