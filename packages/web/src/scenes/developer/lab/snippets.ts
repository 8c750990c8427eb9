import csharp from './snippets/send.cs.txt?raw'
import go from './snippets/send.go.txt?raw'
import java from './snippets/send.java.txt?raw'
import php from './snippets/send.php.txt?raw'
import python from './snippets/send.py.txt?raw'
import shell from './snippets/send.sh.txt?raw'
import typescript from './snippets/send.ts.txt?raw'

/** The same in each language; `packages/server/test/snippets.test.ts` runs them. */
export const SNIPPETS = { php, python, typescript, go, csharp, java, shell }

export type SnippetLanguage = keyof typeof SNIPPETS
