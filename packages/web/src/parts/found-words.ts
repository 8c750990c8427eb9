import { createContext, useContext } from 'react'

const NONE: readonly string[] = []

/** Words to be marked in the texts within: around the row that was found; everywhere else there are none. */
export const FoundWordsContext = createContext(NONE)
export const useFoundWords = () => useContext(FoundWordsContext)

interface Piece {
  /** Where it begins. */
  offset: number
  text: string
  isFound: boolean
}

const LETTER = /[\p{L}\p{N}]/u

/** Cuts a text where words begin as one of these does; of several the longest wins. */
export function cutAtWords(text: string, words: readonly string[]): Piece[] {
  const longestFirst = words.filter((word) => word !== '').sort((a, b) => b.length - a.length)
  const pieces: Piece[] = []
  let end = 0
  const put = (upTo: number, isFound: boolean) => {
    if (upTo > end) pieces.push({ offset: end, text: text.slice(end, upTo), isFound })
    end = upTo
  }
  for (let at = 0; at < text.length; at += 1) {
    if (at < end || LETTER.test(text.charAt(at - 1))) continue
    const word = longestFirst.find((one) => text.startsWith(one, at))
    if (word === undefined) continue
    put(at, false)
    put(at + word.length, true)
  }
  put(text.length, false)
  return pieces
}
