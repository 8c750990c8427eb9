const LATIN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...'абвгдезийклмнопрстуфхыэ'].map((letter, index) => [letter, 'abvgdezijklmnoprstufhye'[index]!]),
  ),
  ...{ ё: 'e', ж: 'zh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ь: '', ю: 'yu', я: 'ya', ß: 'ss', ø: 'o', æ: 'ae' },
}

/** What a company's name could be called in an address: `Café Brücke & Söhne` is `cafe-brucke-sohne`. */
export function toSubdomain(name: string): string {
  return [...name.toLowerCase()]
    .map((letter) => LATIN[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '')
}
