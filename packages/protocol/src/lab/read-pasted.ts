import { MAX_PASTED_LENGTH } from '../model/index.ts'
import type { Pasted } from './pasted-request.ts'
import { readCurl } from './read-curl.ts'
import { readHttp } from './read-http.ts'

const CURL = /^\s*(?:[$>#%]\s+)?curl(?:\.exe)?\s/i

/**
 * Reads what somebody pasted: a curl command, raw HTTP, or headers and a body. It is text and stays text: nothing of it is run,
 * opened or fetched.
 * @param assumedTarget what is asked for where no request line says so
 */
export function readPasted(text: string, assumedTarget: string): Pasted {
  if (text.length > MAX_PASTED_LENGTH)
    return { ok: false, message: `The request is longer than ${MAX_PASTED_LENGTH} characters. Paste a shorter one.` }
  return CURL.test(text) ? readCurl(text) : readHttp(text, assumedTarget)
}
